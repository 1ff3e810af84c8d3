package io.orderflow.bench.history;

import io.orderflow.api.inventory.ProductName;
import io.orderflow.api.inventory.Quantity;
import io.orderflow.api.inventory.Sku;
import io.orderflow.api.order.CancelledBy;
import io.orderflow.api.order.CustomerId;
import io.orderflow.api.order.EmailAddress;
import io.orderflow.api.order.Note;
import io.orderflow.api.order.OrderEvent;
import io.orderflow.api.order.OrderEvent.OrderCancelled;
import io.orderflow.api.order.OrderEvent.OrderConfirmed;
import io.orderflow.api.order.OrderEvent.OrderDelivered;
import io.orderflow.api.order.OrderEvent.OrderPlaced;
import io.orderflow.api.order.OrderEvent.OrderRejected;
import io.orderflow.api.order.OrderEvent.OrderShipped;
import io.orderflow.api.order.OrderEvent.PaymentAuthorized;
import io.orderflow.api.order.OrderEvent.PaymentCaptured;
import io.orderflow.api.order.OrderEvent.PaymentDeclined;
import io.orderflow.api.order.OrderEvent.PaymentVoided;
import io.orderflow.api.order.OrderId;
import io.orderflow.api.order.OrderLine;
import io.orderflow.api.order.RejectionReason;
import io.orderflow.api.payment.AuthorizationId;
import io.orderflow.api.payment.Money;
import io.orderflow.api.shipping.CarrierName;
import io.orderflow.api.shipping.TrackingNumber;
import io.orderflow.bench.order.Products;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * One order from its placing to its end. Of a hundred, 78 are delivered, 12 declined, 6 called off after they were
 * confirmed, 4 before. Their lines need no stock, so that the order's own events tell everything.
 */
final class Life {

    private static final int CUSTOMERS = 50_000;

    private final RandomGenerator random;
    private final OrderId id;
    private final String correlation;
    private final List<Happening> happenings = new ArrayList<>(6);
    private Instant now;

    private Life(Instant placedAt, RandomGenerator random) {
        this.random = random;
        this.now = placedAt;
        this.id = new OrderId(Ids.at(placedAt, random));
        this.correlation = Ids.at(placedAt, random).toString();
    }

    static Iterator<Happening> beginning(Instant placedAt, RandomGenerator random) {
        Life life = new Life(placedAt, random);
        life.tell();
        return life.happenings.iterator();
    }

    private void tell() {
        OrderPlaced placed = placed();
        happened(placed, Duration.ZERO, "anonymous");
        int fate = random.nextInt(100);
        if (fate < 78) {
            authorized(placed.total());
            delivered(placed.total());
        } else if (fate < 90) {
            happened(new PaymentDeclined(id, "insufficient funds"), seconds(1, 3), "fulfilment");
            happened(
                    new OrderRejected(id, RejectionReason.PAYMENT_DECLINED, "insufficient funds"),
                    seconds(1, 2),
                    "fulfilment");
        } else if (fate < 96) {
            authorized(placed.total());
            cancelled(seconds(60, 3600));
            happened(new PaymentVoided(id, placed.total()), seconds(1, 3), "fulfilment");
        } else {
            cancelled(seconds(1, 2));
        }
    }

    private OrderPlaced placed() {
        int customer = random.nextInt(CUSTOMERS);
        int first = random.nextInt(Products.COUNT);
        List<OrderLine> lines = new ArrayList<>();
        for (int number = 1 + random.nextInt(3); number > 0; number--) {
            lines.addFirst(line(number, (first + 7 * number) % Products.COUNT));
        }
        Money total = lines.stream().map(OrderLine::amount).reduce(Money::plus).orElseThrow();
        EmailAddress email = new EmailAddress("customer-" + customer + "@example.org");
        return new OrderPlaced(id, new CustomerId("customer-" + customer), email, null, lines, total);
    }

    private OrderLine line(int number, int product) {
        return new OrderLine(
                number,
                new Sku(Products.sku(product)),
                new ProductName("Product " + product),
                new Quantity(1 + random.nextInt(5)),
                Money.of(Products.cents(product), "EUR"),
                false);
    }

    private void authorized(Money total) {
        AuthorizationId authorization = new AuthorizationId("auth-" + Ids.at(now, random));
        happened(new PaymentAuthorized(id, authorization, total), seconds(1, 3), "fulfilment");
        happened(new OrderConfirmed(id), seconds(1, 2), "fulfilment");
    }

    private void delivered(Money total) {
        TrackingNumber tracking = new TrackingNumber("track-" + Ids.at(now, random));
        happened(new OrderShipped(id, CarrierName.FIRST, tracking), seconds(3_600, 100_000), "fulfilment");
        happened(new PaymentCaptured(id, total), seconds(1, 3), "fulfilment");
        happened(new OrderDelivered(id), seconds(80_000, 350_000), "fulfilment");
    }

    private void cancelled(Duration after) {
        happened(new OrderCancelled(id, CancelledBy.CUSTOMER, new Note("changed my mind")), after, "anonymous");
    }

    private Duration seconds(int least, int most) {
        return Duration.ofMillis(1000L * least + random.nextInt(1000 * (most - least)));
    }

    private void happened(OrderEvent event, Duration after, String actor) {
        now = now.plus(after);
        Map<String, String> metaData = new HashMap<>();
        metaData.put("correlationId", correlation);
        metaData.put("causationId", Ids.at(now, random).toString());
        metaData.put("actor", actor);
        happenings.add(new Happening(event, happenings.size(), now, metaData));
    }
}
