package io.orderflow.messaging.pulse;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Keeps who works in batches from working in small ones on a busy machine: of some turns it takes one. Where a batch takes
 * long, the next one is larger for it, and costs less each; where it is quick, hardly anybody waits.
 */
public final class BatchPace {

    private static final int USUAL_TURNS = 2;
    private static final int TURNS_OF_THE_UNHURRIED = 10;

    private final int turns;
    private final Duration least;
    private final Duration most;

    private BatchPace(int turns, Duration least, Duration most) {
        this.turns = turns;
        this.least = least;
        this.most = most;
    }

    /**
     * A pace that takes one of two turns.
     *
     * @param least time between the beginnings of two batches
     * @param most that is waited for between them, however long one takes
     */
    public static BatchPace between(Duration least, Duration most) {
        return new BatchPace(USUAL_TURNS, least, most);
    }

    /** For what people wait to see. */
    public static BatchPace prompt() {
        return between(Duration.ZERO, Duration.ofMillis(20));
    }

    /** For what nobody waits for at a screen: on a busy machine it leaves the turns to those that are prompt. */
    public static BatchPace unhurried() {
        return new BatchPace(TURNS_OF_THE_UNHURRIED, Duration.ZERO, Duration.ofMillis(200));
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
