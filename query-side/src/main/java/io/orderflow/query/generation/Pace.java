package io.orderflow.query.generation;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a building generation from taking the machine from those who ask. With a limit, what was applied must be paid for
 * with time before the next batch begins: so that the limit is kept, and so that batches that take long, since the machine is
 * busy or this node has just started, become rare.
 */
final class Pace {

    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    /** Half of the processors. */
    private static final Semaphore SHARE = new Semaphore(Math.max(1, PROCESSORS / 2), true);

    private static final long LONGEST_REST = TimeUnit.SECONDS.toNanos(1);

    private volatile int eventsPerSecond = Integer.MAX_VALUE;
    private final AtomicLong paidAt = new AtomicLong(System.nanoTime());
    private final AtomicLong restedAt = new AtomicLong(System.nanoTime());

    void set(int limit) {
        eventsPerSecond = limit;
    }

    void applied(int events) {
        int limit = eventsPerSecond;
        if (limit < Integer.MAX_VALUE) {
            later(paidAt, TimeUnit.SECONDS.toNanos(events) / limit);
        }
    }

    private static void later(AtomicLong time, long nanos) {
        long now = System.nanoTime();
        time.updateAndGet(known -> Math.max(known, now) + nanos);
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
        long began = System.nanoTime();
        try {
            return batch.get();
        } finally {
            SHARE.release();
            later(restedAt, restAfter(System.nanoTime() - began));
        }
    }

    /** On two processors a generation takes one turn of four, on more processors more. */
    private static long restAfter(long took) {
        return Math.min(LONGEST_REST, took * 6 / PROCESSORS);
    }

    /** Waits until what was applied is paid for; less than the time after which Kafka takes partitions away. */
    private void await() {
        while (eventsPerSecond < Integer.MAX_VALUE && !Thread.currentThread().isInterrupted()) {
            long left = Math.max(paidAt.get(), restedAt.get()) - System.nanoTime();
            if (left <= 0) {
                return;
            }
            // in steps, since the limit can be lifted meanwhile
            LockSupport.parkNanos(Math.min(left, TimeUnit.MILLISECONDS.toNanos(100)));
        }
    }
}
