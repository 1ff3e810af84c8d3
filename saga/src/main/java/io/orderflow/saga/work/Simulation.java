package io.orderflow.saga.work;

import java.time.Duration;
import java.util.UUID;

/**
 * How a simulated outside system behaves. Can be changed while it runs, so that an outage can be tried.
 *
 * <p>What it grants depends on the order alone, so that the same question gets the same answer.
 */
public final class Simulation {

    /**
     * @param successRate share of cases that are granted, 0 to 1
     * @param delay of each answer
     * @param outage whether it does not answer at all
     */
    public record Behavior(double successRate, Duration delay, boolean outage) {
        public Behavior {
            if (!(successRate >= 0 && successRate <= 1)) {
                throw new IllegalArgumentException("a success rate lies between 0 and 1");
            }
        }
    }

    private volatile Behavior behavior;

    public Simulation(Behavior behavior) {
        this.behavior = behavior;
    }

    /** Behaves differently from now on. */
    public void become(Behavior other) {
        behavior = other;
    }

    /** Takes as long as an answer takes; throws during an outage. */
    public void answer() {
        Behavior now = behavior;
        if (!now.delay().isZero()) {
            try {
                Thread.sleep(now.delay());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new OutageException();
            }
        }
        if (now.outage()) {
            throw new OutageException();
        }
    }

    /** Whether the case of {@code id} is one of those granted. */
    public boolean grants(UUID id) {
        long hash = (id.getMostSignificantBits() ^ id.getLeastSignificantBits()) * 0x9E3779B97F4A7C15L;
        return (hash >>> 11) * 0x1.0p-53 < behavior.successRate();
    }

    /** The simulated system does not answer. */
    public static final class OutageException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        OutageException() {
            super("no answer (simulated outage)");
        }
    }
}
