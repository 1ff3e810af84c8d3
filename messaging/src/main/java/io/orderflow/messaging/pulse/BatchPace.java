package io.orderflow.messaging.pulse;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Keeps who works in batches from working in small ones, which cost more for each: a batch begins no sooner than some time
 * after the last one began. On a busy machine some take one turn of many: where a batch takes long, the next one is larger
 * for it; where it is quick, hardly anybody waits.
 */
public final class BatchPace {

    private final Duration least;
    private final int turns;
    private final Duration most;

    private BatchPace(Duration least, int turns, Duration most) {
        this.least = least;
        this.turns = turns;
        this.most = most;
    }

    /** A batch begins no sooner than {@code interval} after the last one, however long that took. */
    public static BatchPace every(Duration interval) {
        return new BatchPace(interval, 0, Duration.ZERO);
    }

    /** For what people wait to see: every other turn. */
    public static BatchPace prompt() {
        return new BatchPace(Duration.ZERO, 2, Duration.ofMillis(20));
    }

    /** For what nobody waits for at a screen: on a busy machine it leaves the turns to those that are prompt. */
    public static BatchPace unhurried() {
        return new BatchPace(Duration.ZERO, 10, Duration.ofMillis(200));
    }

    /**
     * Returns when it is time for the next batch.
     *
     * @param began when the last one was begun, by {@link System#nanoTime}
     */
    public void await(long began) throws InterruptedException {
        long took = System.nanoTime() - began;
        long between = Math.max(least.toNanos(), Math.min(turns * took, most.toNanos()));
        if (between > took) {
            TimeUnit.NANOSECONDS.sleep(between - took);
        }
    }
}
