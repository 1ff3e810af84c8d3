package io.orderflow.command.store;

import static org.axonframework.common.DateTimeUtils.formatInstant;
import static org.axonframework.eventhandling.EventUtils.asDomainEventMessage;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * An event as it is stored.
 *
 * @param storedBefore sequence number of the last event of the same aggregate that is in the store already; -1 for none
 */
record EventRow(
        String eventIdentifier,
        String aggregateIdentifier,
        long sequenceNumber,
        long storedBefore,
        @Nullable String type,
        String timestamp,
        String payloadType,
        @Nullable String payloadRevision,
        byte[] payload,
        byte[] metaData) {

    /** The rows of one unit of work. Within an aggregate no timestamp is before its predecessor's. */
    static List<EventRow> of(List<? extends EventMessage<?>> events, Serializer serializer) {
        Map<String, EventRow> latest = new HashMap<>();
        List<EventRow> rows = new ArrayList<>(events.size());
        for (EventMessage<?> event : events) {
            DomainEventMessage<?> message = asDomainEventMessage(event);
            EventRow row = of(message, latest.get(message.getAggregateIdentifier()), serializer);
            latest.put(row.aggregateIdentifier, row);
            rows.add(row);
        }
        return rows;
    }

    private static EventRow of(DomainEventMessage<?> event, @Nullable EventRow previous, Serializer serializer) {
        SerializedObject<byte[]> payload = event.serializePayload(serializer, byte[].class);
        String timestamp = formatInstant(event.getTimestamp());
        return new EventRow(
                event.getIdentifier(),
                event.getAggregateIdentifier(),
                event.getSequenceNumber(),
                previous == null ? event.getSequenceNumber() - 1 : previous.storedBefore,
                event.getType(),
                previous == null || previous.timestamp.compareTo(timestamp) < 0 ? timestamp : previous.timestamp,
                payload.getType().getName(),
                payload.getType().getRevision(),
                payload.getData(),
                event.serializeMetaData(serializer, byte[].class).getData());
    }

    /** The same, not before {@code earliest}. */
    EventRow notBefore(String earliest) {
        return earliest.compareTo(timestamp) <= 0
                ? this
                : new EventRow(
                        eventIdentifier,
                        aggregateIdentifier,
                        sequenceNumber,
                        storedBefore,
                        type,
                        earliest,
                        payloadType,
                        payloadRevision,
                        payload,
                        metaData);
    }

    /** Size of the record that this event becomes, in bytes, without what the transport adds. */
    int size() {
        return payload.length
                + metaData.length
                + aggregateIdentifier.getBytes(StandardCharsets.UTF_8).length
                + payloadType.length();
    }
}
