package io.orderflow.command.store;

import org.axonframework.eventsourcing.eventstore.EventStoreException;

/** An event is larger than Kafka's records may be. Nothing was stored. */
public final class EventTooLarge extends EventStoreException {

    private static final long serialVersionUID = 1L;

    EventTooLarge(String payloadType, int size, long limit) {
        super("the event %s would have %d bytes; at most %d are allowed: send less at once"
                .formatted(payloadType, size, limit));
    }
}
