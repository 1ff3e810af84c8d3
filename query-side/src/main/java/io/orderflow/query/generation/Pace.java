package io.orderflow.query.generation;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a building generation from taking the machine from those who ask: what was applied must be paid for with time
 * before the next batch begins.
 */
final class Pace {

    /** Half of the processors. */
    private static final Semaphore SHARE =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);

    private volatile int eventsPerSecond = Integer.MAX_VALUE;
    private final AtomicLong freeAt = new AtomicLong(System.nanoTime());

    void set(int limit) {
        eventsPerSecond = limit;
    }

    void applied(int events) {
        int limit = eventsPerSecond;
        if (limit < Integer.MAX_VALUE) {
            long price = TimeUnit.SECONDS.toNanos(events) / limit;
            long now = System.nanoTime();
            freeAt.updateAndGet(free -> Math.max(free, now) + price);
        }
    }

    /**
     * Does {@code batch} when it is its turn. Those with a limit share half of the processors: a batch keeps either one here or
     * one of the database's busy.
     */
    <T extends @Nullable Object> T paced(Supplier<T> batch) {
        await();
        if (eventsPerSecond == Integer.MAX_VALUE) {
            return batch.get();
        }
        SHARE.acquireUninterruptibly();
        try {
            return batch.get();
        } finally {
            SHARE.release();
        }
    }

    /** Waits until what was applied is paid for; less than the time after which Kafka takes partitions away. */
    private void await() {
        while (eventsPerSecond < Integer.MAX_VALUE && !Thread.currentThread().isInterrupted()) {
            long left = freeAt.get() - System.nanoTime();
            if (left <= 0) {
                return;
            }
            // in steps, since the limit can be lifted meanwhile
            LockSupport.parkNanos(Math.min(left, TimeUnit.MILLISECONDS.toNanos(100)));
        }
    }
}
