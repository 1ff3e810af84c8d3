package io.orderflow.query.statistics;

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
import io.orderflow.api.payment.Money;
import io.orderflow.query.projection.InconsistentHistoryException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.axonframework.eventhandling.DomainEventMessage;

/** What a batch of events adds to the figures. */
final class Tally {

    private static final Set<Class<?>> COUNTED = Set.of(
            OrderPlaced.class, PaymentCaptured.class, OrderDelivered.class, OrderRejected.class, OrderCancelled.class);

    private final Map<String, CountedOrder> orders;
    private final Set<String> known;
    private final Map<String, CountedOrder> added = new LinkedHashMap<>();
    private final Map<String, CountedOrder> changed = new LinkedHashMap<>();
    private final Map<FigureKey, Figure> figures = new HashMap<>();
    private final Map<DeliveryKey, DeliveryTime> deliveryTimes = new HashMap<>();

    private record FigureKey(Instant hour, Measure measure, String category) {}

    private record DeliveryKey(Instant hour, int bucket) {}

    /** To be added to one row. */
    record Figure(Instant hour, Measure measure, String category, long number, long amount) {

        Figure plus(Figure other) {
            return new Figure(hour, measure, category, number + other.number, Math.addExact(amount, other.amount));
        }
    }

    /** To be added to one row. */
    record DeliveryTime(Instant hour, int bucket, long number) {

        DeliveryTime plus(DeliveryTime other) {
            return new DeliveryTime(hour, bucket, number + other.number);
        }
    }

    Tally(Map<String, CountedOrder> known) {
        this.orders = new HashMap<>(known);
        this.known = Set.copyOf(known.keySet());
    }

    static boolean counts(Class<?> event) {
        return COUNTED.contains(event);
    }

    /** Counts {@code event}, unless it was counted before. */
    void add(DomainEventMessage<OrderEvent> event) {
        String orderId = event.getAggregateIdentifier();
        CountedOrder order = orders.get(orderId);
        if (order != null && event.getSequenceNumber() <= order.version()) {
            return;
        }
        if (order == null && !(event.getPayload() instanceof OrderPlaced)) {
            throw new InconsistentHistoryException(event, "came before the order was placed");
        }
        Instant placedAt = order == null ? event.getTimestamp() : order.placedAt();
        CountedOrder counted = new CountedOrder(orderId, placedAt, event.getSequenceNumber());
        orders.put(orderId, counted);
        (known.contains(orderId) ? changed : added).put(orderId, counted);
        count(event, placedAt);
    }

    private void count(DomainEventMessage<OrderEvent> event, Instant placedAt) {
        Instant hour = event.getTimestamp().truncatedTo(ChronoUnit.HOURS);
        switch (event.getPayload()) {
            case OrderPlaced placed -> addAmount(hour, Measure.PLACED, placed.total());
            case PaymentCaptured captured -> addAmount(hour, Measure.CAPTURED, captured.amount());
            case OrderRejected rejected ->
                add(new Figure(hour, Measure.REJECTED, rejected.reason().name(), 1, 0));
            case OrderCancelled cancelled ->
                add(new Figure(hour, Measure.CANCELLED, cancelled.by().name(), 1, 0));
            case OrderDelivered delivered -> {
                add(new Figure(hour, Measure.DELIVERED, "", 1, 0));
                int bucket = DeliveryTimes.bucketOf(Duration.between(placedAt, event.getTimestamp()));
                deliveryTimes.merge(
                        new DeliveryKey(hour, bucket), new DeliveryTime(hour, bucket, 1), DeliveryTime::plus);
            }
            case PaymentAuthorized authorized -> {}
            case PaymentDeclined declined -> {}
            case PaymentVoided voided -> {}
            case OrderConfirmed confirmed -> {}
            case OrderShipped shipped -> {}
        }
    }

    private void addAmount(Instant hour, Measure measure, Money amount) {
        add(new Figure(hour, measure, amount.currency().getCurrencyCode(), 1, amount.amount()));
    }

    private void add(Figure figure) {
        figures.merge(new FigureKey(figure.hour(), figure.measure(), figure.category()), figure, Figure::plus);
    }

    /** Those that were not known. */
    Collection<CountedOrder> addedOrders() {
        return added.values();
    }

    Collection<CountedOrder> changedOrders() {
        return changed.values();
    }

    Collection<Figure> figures() {
        return figures.values();
    }

    Collection<DeliveryTime> deliveryTimes() {
        return deliveryTimes.values();
    }
}
