package io.orderflow.messaging.pulse;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Keeps who works in batches from working in small ones on a busy machine: of four turns it takes one. Where a batch takes
 * long, the next one is larger for it, and costs less each; where it is quick, hardly anybody waits.
 */
public final class BatchPace {

    private static final int TURNS = 4;

    private final Duration least;
    private final Duration most;

    /**
     * @param least time between the beginnings of two batches
     * @param most that is waited for between them, however long one takes
     */
    public BatchPace(Duration least, Duration most) {
        this.least = least;
        this.most = most;
    }

    /**
     * Returns when it is time for the next batch.
     *
     * @param began when the last one was begun, by {@link System#nanoTime}
     */
    public void await(long began) throws InterruptedException {
        long took = System.nanoTime() - began;
        long between = Math.max(least.toNanos(), Math.min(TURNS * took, most.toNanos()));
        if (between > took) {
            TimeUnit.NANOSECONDS.sleep(between - took);
        }
    }
}
