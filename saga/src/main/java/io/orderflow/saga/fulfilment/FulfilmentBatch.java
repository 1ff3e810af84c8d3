package io.orderflow.saga.fulfilment;

import io.orderflow.api.order.OrderId;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.axonframework.modelling.saga.AnnotatedSaga;
import org.jspecify.annotations.Nullable;

/**
 * The sagas of one transaction: read at its start, touched by its events, written at its end. It lives in the thread and
 * the transaction that opened it; another thread, or a retry after a rollback, has objects of its own.
 */
final class FulfilmentBatch {

    static final ScopedValue<FulfilmentBatch> CURRENT = ScopedValue.newInstance();

    /** A saga with what its row said when it was read. */
    static final class Managed {
        final OrderId orderId;
        final AnnotatedSaga<OrderFulfilmentSaga> saga;
        final boolean isNew;
        final boolean wasFinished;
        long lastSequence;

        Managed(
                OrderId orderId,
                AnnotatedSaga<OrderFulfilmentSaga> saga,
                boolean isNew,
                boolean wasFinished,
                long lastSequence) {
            this.orderId = orderId;
            this.saga = saga;
            this.isNew = isNew;
            this.wasFinished = wasFinished;
            this.lastSequence = lastSequence;
        }
    }

    // in key order, in which rows are locked and written, so that two batches cannot wait for each other in a circle
    private final Map<String, Managed> managed = new TreeMap<>();

    static FulfilmentBatch current() {
        return CURRENT.orElseThrow(() -> new IllegalStateException("sagas are handled in a batch"));
    }

    void add(Managed saga) {
        managed.put(saga.orderId.toString(), saga);
    }

    @Nullable Managed find(String orderId) {
        return managed.get(orderId);
    }

    Collection<Managed> all() {
        return managed.values();
    }
}
