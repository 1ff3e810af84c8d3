package io.orderflow.command.store;

import io.orderflow.messaging.cloudevents.Timestamps;
import java.time.Instant;
import org.axonframework.eventhandling.GenericDomainEventEntry;
import org.jspecify.annotations.Nullable;

/** A row of an event table, as Axon reads it. */
final class StoredEvent extends GenericDomainEventEntry<byte[]> {

    private final String timestamp;

    StoredEvent(
            @Nullable String type,
            String aggregateIdentifier,
            long sequenceNumber,
            String eventIdentifier,
            String timestamp,
            String payloadType,
            @Nullable String payloadRevision,
            byte[] payload,
            byte[] metaData) {
        super(
                type,
                aggregateIdentifier,
                sequenceNumber,
                eventIdentifier,
                timestamp,
                payloadType,
                payloadRevision,
                payload,
                metaData);
        this.timestamp = timestamp;
    }

    @Override
    public Instant getTimestamp() {
        return Timestamps.parse(timestamp);
    }
}
