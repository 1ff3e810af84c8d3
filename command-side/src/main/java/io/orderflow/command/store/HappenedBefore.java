package io.orderflow.command.store;

import org.axonframework.eventsourcing.eventstore.EventStoreException;

/**
 * An event whose id says that it happens once only was stored before, however long ago; the decision was taken on the
 * newest state, which no longer remembers it. Nothing was stored, and nothing is left to do.
 */
public final class HappenedBefore extends EventStoreException {

    private static final long serialVersionUID = 1L;

    HappenedBefore(EventRow row, Throwable violation) {
        super(
                "%s of %s was stored before; nothing is changed"
                        .formatted(row.payloadType(), row.aggregateIdentifier()),
                violation);
    }
}
