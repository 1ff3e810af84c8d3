package io.orderflow.query;

import io.orderflow.api.inventory.AdjustmentId;
import io.orderflow.api.inventory.InventoryEvent;
import io.orderflow.api.inventory.InventoryEvent.ProductRegistered;
import io.orderflow.api.inventory.InventoryEvent.StockAdjusted;
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
import io.orderflow.messaging.serialization.ContractSerializer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.LazyDeserializingObject;
import org.axonframework.serialization.SerializedMessage;
import org.axonframework.serialization.SimpleSerializedObject;

/** Events as the command side would tell them. */
final class Stories {

    static final Instant START = Instant.parse("2026-01-01T10:00:00Z");

    private Stories() {}

    static OrderId newOrder() {
        return new OrderId(UUID.randomUUID());
    }

    static OrderPlaced placed(OrderId orderId, String customer) {
        Money price = Money.of(2999, "EUR");
        OrderLine line = new OrderLine(1, new Sku("teapot"), new ProductName("Teapot"), new Quantity(2), price, true);
        return new OrderPlaced(
                orderId,
                new CustomerId(customer),
                new EmailAddress("ada@example.org"),
                null,
                List.of(line),
                line.amount());
    }

    /** An order of one line. */
    static OrderPlaced placed(OrderId orderId, String customer, String email, OrderLine... lines) {
        Money total =
                Arrays.stream(lines).map(OrderLine::amount).reduce(Money::plus).orElseThrow();
        return new OrderPlaced(orderId, new CustomerId(customer), new EmailAddress(email), null, List.of(lines), total);
    }

    static OrderLine line(int number, String sku, String name, int quantity, Money price) {
        return new OrderLine(number, new Sku(sku), new ProductName(name), new Quantity(quantity), price, true);
    }

    /** From placed to delivered: six events. */
    static List<OrderEvent> delivered(OrderId orderId, String customer) {
        OrderPlaced placed = placed(orderId, customer);
        return List.of(
                placed,
                new PaymentAuthorized(orderId, new AuthorizationId("auth-1"), placed.total()),
                new OrderConfirmed(orderId),
                new OrderShipped(orderId, new CarrierName("Swift Parcels"), new TrackingNumber("track-1")),
                new PaymentCaptured(orderId, placed.total()),
                new OrderDelivered(orderId));
    }

    /** As it was stored when shipments did not name their carrier. */
    static DomainEventMessage<?> shippedInRevision1(OrderId orderId, long version, ContractSerializer serializer) {
        String json = "{\"orderId\":\"" + orderId + "\",\"trackingNumber\":\"track-1\"}";
        return new GenericDomainEventMessage<>(
                "Order",
                orderId.toString(),
                version,
                new SerializedMessage<>(
                        UUID.randomUUID().toString(),
                        new LazyDeserializingObject<>(
                                new SimpleSerializedObject<>(
                                        json.getBytes(StandardCharsets.UTF_8), byte[].class, "OrderShipped", "1"),
                                serializer),
                        new LazyDeserializingObject<>(metadata(version))),
                () -> START.plusSeconds(version));
    }

    /** A product with stock: two events. */
    static List<InventoryEvent> stocked(Sku sku, int pieces) {
        return List.of(
                new ProductRegistered(sku, new ProductName("Product " + sku), Money.of(2999, "EUR")),
                new StockAdjusted(sku, new AdjustmentId(UUID.randomUUID()), pieces, pieces, "delivery"));
    }

    /** The events of one aggregate, the first one having version {@code first}. */
    static List<DomainEventMessage<?>> messages(String type, Object id, long first, List<?> events) {
        return messages(type, id, first, events, START);
    }

    /** The same, a second lying between two events, and the first version being of {@code start}. */
    static List<DomainEventMessage<?>> messages(String type, Object id, long first, List<?> events, Instant start) {
        List<DomainEventMessage<?>> messages = new ArrayList<>();
        for (Object event : events) {
            long version = first + messages.size();
            messages.add(new GenericDomainEventMessage<>(
                    type,
                    id.toString(),
                    version,
                    new GenericEventMessage<>(event, metadata(version)),
                    () -> start.plusSeconds(version)));
        }
        return messages;
    }

    private static MetaData metadata(long version) {
        return MetaData.from(Map.of("actor", "ada", "correlationId", "request-1", "causationId", "command-" + version));
    }

    static List<DomainEventMessage<?>> ofOrder(OrderId orderId, List<? extends OrderEvent> events) {
        return messages("Order", orderId, 0, events);
    }
}
