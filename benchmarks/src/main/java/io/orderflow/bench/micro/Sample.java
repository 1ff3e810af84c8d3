package io.orderflow.bench.micro;

import io.orderflow.api.inventory.ProductName;
import io.orderflow.api.inventory.Quantity;
import io.orderflow.api.inventory.Sku;
import io.orderflow.api.order.CustomerId;
import io.orderflow.api.order.EmailAddress;
import io.orderflow.api.order.OrderEvent;
import io.orderflow.api.order.OrderEvent.OrderConfirmed;
import io.orderflow.api.order.OrderEvent.OrderDelivered;
import io.orderflow.api.order.OrderEvent.OrderPlaced;
import io.orderflow.api.order.OrderEvent.OrderShipped;
import io.orderflow.api.order.OrderEvent.PaymentAuthorized;
import io.orderflow.api.order.OrderEvent.PaymentCaptured;
import io.orderflow.api.order.OrderId;
import io.orderflow.api.order.OrderLine;
import io.orderflow.api.payment.AuthorizationId;
import io.orderflow.api.payment.Money;
import io.orderflow.api.shipping.CarrierName;
import io.orderflow.api.shipping.TrackingNumber;
import io.orderflow.messaging.serialization.TimeOrderedIdentifiers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.messaging.MetaData;

/** An order's life of six events. */
final class Sample {

    private static final MetaData META_DATA =
            MetaData.from(Map.of("correlationId", "request-1", "causationId", "command-1", "actor", "anonymous"));

    private Sample() {}

    static DomainEventMessage<OrderPlaced> placed() {
        OrderId id = new OrderId(TimeOrderedIdentifiers.next());
        return new GenericDomainEventMessage<>("Order", id.toString(), 0, placed(id), META_DATA);
    }

    private static OrderPlaced placed(OrderId id) {
        List<OrderLine> lines = List.of(line(1), line(2));
        Money total = lines.stream().map(OrderLine::amount).reduce(Money::plus).orElseThrow();
        return new OrderPlaced(
                id, new CustomerId("customer-1"), new EmailAddress("customer-1@example.org"), null, lines, total);
    }

    private static OrderLine line(int number) {
        Money price = Money.of(2999, "EUR");
        return new OrderLine(
                number, new Sku("product-" + number), new ProductName("A product"), new Quantity(2), price, true);
    }

    static List<DomainEventMessage<?>> life() {
        OrderId id = new OrderId(TimeOrderedIdentifiers.next());
        OrderPlaced placed = placed(id);
        List<OrderEvent> events = List.of(
                placed,
                new PaymentAuthorized(id, new AuthorizationId("auth-1"), placed.total()),
                new OrderConfirmed(id),
                new OrderShipped(id, CarrierName.FIRST, new TrackingNumber("track-1")),
                new PaymentCaptured(id, placed.total()),
                new OrderDelivered(id));
        List<DomainEventMessage<?>> life = new ArrayList<>();
        for (OrderEvent event : events) {
            life.add(new GenericDomainEventMessage<>("Order", id.toString(), life.size(), event, META_DATA));
        }
        return life;
    }
}
