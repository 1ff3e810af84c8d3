package io.orderflow.command.store;

import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.jspecify.annotations.Nullable;

/** The event store cannot be reached, or has too much to do. Certainly nothing was stored. */
public final class StoreUnavailable extends EventStoreException {

    private static final long serialVersionUID = 1L;

    StoreUnavailable(String message) {
        super(message);
    }

    /** The store lacks events that others know: nothing is decided from it. */
    static StoreUnavailable held() {
        return new StoreUnavailable("the event store is held until what it lacks was brought back; try again later");
    }

    StoreUnavailable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
