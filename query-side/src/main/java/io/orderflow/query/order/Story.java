package io.orderflow.query.order;

import io.orderflow.messaging.serialization.StoredPayloads;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

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
        for (TimelineEntry entry : entries) {
            if (!moment.includes(entry.version, entry.at)) {
                break;
            }
            row = SummaryRow.after(row, entry.event(payloads));
        }
        return Optional.ofNullable(row).map(OrderView::of);
    }

    /** What happened after one version, up to another. */
    List<TimelineEntry> between(long after, long last) {
        return entries.stream()
                .filter(entry -> entry.version > after && entry.version <= last)
                .toList();
    }
}
