package io.orderflow.query.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Everything that happened to an order, in its order.
 *
 * @param version of the last event
 */
record HistoryView(UUID orderId, long version, List<Entry> events) {

    /**
     * One event.
     *
     * @param type contract name of the event
     * @param data what the event tells
     * @param actor who caused it, where that is known
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Entry(
            long version,
            String type,
            Instant at,
            @JsonRawValue @Schema(type = "object") String data,
            @Nullable String actor) {}

    static HistoryView of(UUID orderId, List<TimelineEntry> entries) {
        return new HistoryView(
                orderId,
                entries.getLast().version,
                entries.stream()
                        .map(entry -> new Entry(entry.version, entry.type, entry.at, entry.data, entry.actor))
                        .toList());
    }
}
