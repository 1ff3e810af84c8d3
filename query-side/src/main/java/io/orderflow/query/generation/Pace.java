package io.orderflow.query.generation;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps building generations from taking the machine from those who ask. Those with a limit keep to it, and take turns: a
 * batch keeps a processor busy, here or at the database, and twice as long as it took nobody takes its place. So
 * batches become rare when they take long, since the machine is busy or this node has just started.
 */
final class Pace {

    /** One for two processors. */
    private static final Semaphore TURNS =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);

    private static final int REST = 2;

    /** Less than the time after which Kafka takes partitions away. */
    private static final long LONGEST_REST = TimeUnit.SECONDS.toNanos(1);

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

    /** Does {@code batch} when it is its turn. */
    <T extends @Nullable Object> T paced(Supplier<T> batch) {
        awaitPaid();
        if (eventsPerSecond == Integer.MAX_VALUE) {
            return batch.get();
        }
        TURNS.acquireUninterruptibly();
        long began = System.nanoTime();
        try {
            return batch.get();
        } finally {
            LockSupport.parkNanos(Math.min(REST * (System.nanoTime() - began), LONGEST_REST));
            TURNS.release();
        }
    }

    /** Waits until what was applied is paid for; less than the time after which Kafka takes partitions away. */
    private void awaitPaid() {
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
