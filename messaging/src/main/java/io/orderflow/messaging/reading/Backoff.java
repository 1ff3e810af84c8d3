package io.orderflow.messaging.reading;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits longer after each failure in a row, to five seconds, and for ever; says so once, and when it is over. */
public final class Backoff {

    private static final Logger log = LoggerFactory.getLogger(Backoff.class);
    private static final Duration FIRST = Duration.ofMillis(50);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private Duration next = FIRST;
    private long overAt = System.nanoTime();
    private volatile boolean failing;

    public void failed(String who, Throwable cause) {
        if (failing) {
            log.debug("{} still cannot go on", who, cause);
        } else {
            say(who, cause);
        }
        failing = true;
        overAt = System.nanoTime() + next.toNanos();
        next = next.multipliedBy(2).compareTo(LONGEST) < 0 ? next.multipliedBy(2) : LONGEST;
    }

    private static void say(String who, Throwable cause) {
        if (Failures.areInfrastructure(cause)) {
            log.warn("{} cannot go on and keeps trying: {}", who, rootOf(cause).toString());
            log.debug("{} cannot go on", who, cause);
        } else {
            log.error("{} cannot go on and keeps trying", who, cause); // ours to mend: nothing outside is wrong
        }
    }

    public void succeeded(String who) {
        if (failing) {
            log.info("{} goes on", who);
        }
        failing = false;
        next = FIRST;
    }

    /** Whether the last try failed. */
    public boolean isFailing() {
        return failing;
    }

    /** Whether it is time to try again. */
    public boolean isOver() {
        return System.nanoTime() - overAt >= 0;
    }

    private static Throwable rootOf(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
