package io.orderflow.query.order;

import io.orderflow.messaging.reading.InfrastructureException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Lets only so many lists at the database at once, in the order in which they were asked for. It has no more processors for
 * more of them: they would take turns there, every few milliseconds, and the last would wait for several times as long.
 */
@Component
final class Turns {

    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final Semaphore free =
            new Semaphore(Math.max(4, 2 * Runtime.getRuntime().availableProcessors()), true);

    /** @throws InfrastructureException when no turn has come for long, or the caller was interrupted */
    <T> T take(Supplier<T> question) {
        await();
        try {
            return question.get();
        } finally {
            free.release();
        }
    }

    private void await() {
        try {
            if (!free.tryAcquire(LONGEST.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new InfrastructureException("too many lists are asked for");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InfrastructureException("interrupted while waiting for a turn", e);
        }
    }
}
