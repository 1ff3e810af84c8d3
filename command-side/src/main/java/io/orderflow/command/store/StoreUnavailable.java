package io.orderflow.command.store;

import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.jspecify.annotations.Nullable;

/** The event store cannot be reached, or has too much to do. Certainly nothing was stored. */
public final class StoreUnavailable extends EventStoreException {

    private static final long serialVersionUID = 1L;

    StoreUnavailable(String message) {
        super(message);
    }

    StoreUnavailable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
