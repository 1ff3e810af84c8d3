package io.orderflow.query.projection;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.springframework.stereotype.Component;

/** Lets a question wait until the views have what it asks for. */
@Component
public final class ArrivedVersions {

    /** What other nodes commit is not announced here: look again that often. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final ConcurrentMap<String, CompletableFuture<Void>> awaited = new ConcurrentHashMap<>();

    /** Whether {@code visible} became true within {@code limit}; it is looked at when something of the aggregate arrives. */
    public boolean await(String aggregate, Duration limit, BooleanSupplier visible) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            // registered before looking: what arrives in between wakes us
            CompletableFuture<Void> arrival = awaited.computeIfAbsent(aggregate, id -> new CompletableFuture<>());
            try {
                if (visible.getAsBoolean()) {
                    return true;
                }
                long left = deadline - System.nanoTime();
                if (left <= 0 || !pause(arrival, Math.min(left, LOOK_AGAIN.toNanos()))) {
                    return false;
                }
            } finally {
                awaited.remove(aggregate, arrival);
            }
        }
    }

    void announce(Collection<String> aggregates) {
        for (String aggregate : aggregates) {
            CompletableFuture<Void> arrival = awaited.remove(aggregate);
            if (arrival != null) {
                arrival.complete(null);
            }
        }
    }

    private static boolean pause(CompletableFuture<Void> arrival, long nanos) {
        try {
            arrival.get(nanos, TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
