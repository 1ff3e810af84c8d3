package io.orderflow.query.order;

import io.orderflow.api.order.OrderEvent;
import io.orderflow.api.order.OrderEvent.OrderPlaced;
import io.orderflow.messaging.serialization.StoredPayloads;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.axonframework.eventhandling.DomainEventMessage;
import org.jspecify.annotations.Nullable;

/** All events of one order that have arrived, in their order; from them the order can be told as it was at any moment. */
record Story(UUID orderId, List<TimelineEntry> entries) {

    /** Version of the last event. */
    long version() {
        return entries.getLast().version;
    }

    /**
     * The order as it was: the longest prefix of its events up to {@code moment}, folded by the code that projects them.
     * Empty when the order had not been placed by then.
     */
    Optional<OrderView> asOf(Moment moment, StoredPayloads payloads) {
        SummaryRow row = null;
        OrderPlaced placed = null;
        for (TimelineEntry entry : entries) {
            if (!moment.includes(entry.version, entry.at)) {
                break;
            }
            DomainEventMessage<OrderEvent> event = entry.event(payloads);
            row = SummaryRow.after(row, event);
            placed = event.getPayload() instanceof OrderPlaced first ? first : placed;
        }
        return view(row, placed);
    }

    /** What happened after one version, up to another. */
    List<TimelineEntry> between(long after, long last) {
        return entries.stream()
                .filter(entry -> entry.version > after && entry.version <= last)
                .toList();
    }

    private static Optional<OrderView> view(@Nullable SummaryRow row, @Nullable OrderPlaced placed) {
        return row == null || placed == null ? Optional.empty() : Optional.of(OrderView.of(row, placed.lines()));
    }
}
