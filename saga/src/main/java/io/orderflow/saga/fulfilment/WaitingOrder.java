package io.orderflow.saga.fulfilment;

import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An order whose fulfilment is not finished.
 *
 * @param stage what it waits for
 * @param since when its last event was handled
 * @param dueAt when it will be rejected as timed out, if it can be
 * @param step of the outside effect that it waits for, if it waits for one
 * @param attempts of that effect so far
 * @param lastError why the last attempt failed
 */
record WaitingOrder(
        UUID orderId,
        String stage,
        OffsetDateTime since,
        @Nullable OffsetDateTime dueAt,
        @Nullable String step,
        int attempts,
        @Nullable String lastError) {}
