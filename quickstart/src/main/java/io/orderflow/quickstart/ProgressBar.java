package io.orderflow.quickstart;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** How far something is, as a line of a terminal that is written over again and again. */
final class ProgressBar {

    private static final Duration LOOK = Duration.ofMillis(500);
    private static final int WIDTH = 40;

    private ProgressBar() {}

    /** {@code orders 2  [#####     ]  51%  510 of 1,000  100/s  4 s left  BUILDING}. */
    static String line(String what, long done, long total, long rate, String left, String state) {
        long all = Math.max(done, total);
        int share = all == 0 ? 100 : (int) (100 * done / all);
        int filled = WIDTH * share / 100;
        return "  %s  [%s%s] %3d%%  %,d of %,d  %,d/s  %s  %s      "
                .formatted(what, "#".repeat(filled), " ".repeat(WIDTH - filled), share, done, all, rate, left, state);
    }

    /** Until it is worth looking again. */
    static void pause() {
        LockSupport.parkNanos(LOOK.toNanos());
    }
}
