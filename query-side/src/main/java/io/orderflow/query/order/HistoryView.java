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
     * @param eventId names the event everywhere
     * @param type contract name of the event
     * @param actor who caused it, where that is known
     * @param reason why, where the event has one
     * @param correlationId of the request that all this began with
     * @param causationId the message that this event answers
     * @param sentence what happened, for people
     * @param data what the event tells
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Entry(
            long version,
            UUID eventId,
            String type,
            Instant at,
            @Nullable String actor,
            @Nullable String reason,
            @Nullable String correlationId,
            @Nullable String causationId,
            String sentence,
            @JsonRawValue @Schema(type = "object") String data) {}
}
