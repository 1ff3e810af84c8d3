package io.orderflow.command.store;

import org.axonframework.eventsourcing.eventstore.EventStoreException;

/**
 * The events were sent to PostgreSQL and its answer never came: they may be stored or not. The caller should ask for the
 * aggregate, or send the same command again: a repeat changes nothing.
 */
public final class OutcomeUnknown extends EventStoreException {

    private static final long serialVersionUID = 1L;

    private final String aggregateIdentifier;

    OutcomeUnknown(String aggregateIdentifier) {
        super("the connection to the event store was lost while the events of " + aggregateIdentifier
                + " were stored; whether they are is not known");
        this.aggregateIdentifier = aggregateIdentifier;
    }

    /** The order or product in question. */
    public String aggregateIdentifier() {
        return aggregateIdentifier;
    }
}
