package io.orderflow.query.projection;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.springframework.stereotype.Component;

/** Lets a question wait until the views have what it asks for. */
@Component
public final class ArrivedVersions {

    /** A net below the announcements, for as long as those of other nodes cannot be followed. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

    /** Those who wait, by aggregate; many may wait for the same. */
    private final Map<String, Waiting> waiting = new HashMap<>();

    private static final class Waiting {
        private final CountDownLatch arrival = new CountDownLatch(1);
        private int count;
    }

    /** Whether {@code visible} became true within {@code limit}; it is looked at when something of the aggregate arrives. */
    public boolean await(String aggregate, Duration limit, BooleanSupplier visible) {
        return await(aggregate, limit, LOOK_AGAIN, visible);
    }

    /** As above; {@code lookAgain} is how often to look although nothing was announced. */
    public boolean await(String aggregate, Duration limit, Duration lookAgain, BooleanSupplier visible) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            // registered before looking: what arrives in between wakes us
            Waiting mine = register(aggregate);
            try {
                if (visible.getAsBoolean()) {
                    return true;
                }
                long left = deadline - System.nanoTime();
                if (left <= 0 || !pause(mine, Math.min(left, lookAgain.toNanos()))) {
                    return false;
                }
            } finally {
                unregister(aggregate, mine);
            }
        }
    }

    /** Wakes those who wait for one of {@code aggregates}. */
    public void announce(Collection<String> aggregates) {
        synchronized (waiting) {
            if (!waiting.isEmpty()) {
                aggregates.forEach(this::wake);
            }
        }
    }

    /** Wakes everybody. */
    public void wakeAll() {
        synchronized (waiting) {
            List.copyOf(waiting.keySet()).forEach(this::wake);
        }
    }

    private void wake(String aggregate) {
        Waiting woken = waiting.remove(aggregate);
        if (woken != null) {
            woken.arrival.countDown();
        }
    }

    private Waiting register(String aggregate) {
        synchronized (waiting) {
            Waiting mine = waiting.computeIfAbsent(aggregate, id -> new Waiting());
            mine.count++;
            return mine;
        }
    }

    private void unregister(String aggregate, Waiting mine) {
        synchronized (waiting) {
            mine.count--;
            if (mine.count == 0) {
                waiting.remove(aggregate, mine);
            }
        }
    }

    private static boolean pause(Waiting mine, long nanos) {
        try {
            boolean unused = mine.arrival.await(nanos, TimeUnit.NANOSECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
