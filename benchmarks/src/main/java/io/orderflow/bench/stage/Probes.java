package io.orderflow.bench.stage;

import io.orderflow.bench.measure.Meter.Done;
import io.orderflow.bench.order.OrderBodies;
import io.orderflow.proof.load.Client;
import io.orderflow.proof.load.Client.Answer;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;

/** Orders that are looked for on the query side as soon as they are accepted, at fixed times, each by a thread of its own. */
final class Probes {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final URI commandSide;
    private final URI querySide;
    private final Client client = new Client(PATIENCE);
    private final OrderBodies bodies = new OrderBodies(PATIENCE.toSeconds());

    Probes(URI commandSide, URI querySide) {
        this.commandSide = commandSide;
        this.querySide = querySide;
    }

    /** Latencies are from the order's 201 to the query side's 200. */
    Done look(double perSecond, Duration length) throws InterruptedException, ExecutionException {
        ConcurrentHistogram latencies = new ConcurrentHistogram(3);
        List<Future<?>> probes = new ArrayList<>();
        long began = System.nanoTime();
        long interval = (long) (1e9 / perSecond);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (long due = began; due < began + length.toNanos(); due += interval) {
                LockSupport.parkNanos(due - System.nanoTime());
                String body = bodies.next();
                probes.add(threads.submit(() -> latencies.recordValue(microsUntilVisible(body))));
            }
            for (Future<?> probe : probes) {
                probe.get();
            }
        }
        return new Done(probes.size(), Duration.ofNanos(System.nanoTime() - began), latencies);
    }

    private long microsUntilVisible(String body) {
        Answer placed = client.send(commandSide, "POST", "/api/orders", body, Map.of());
        long accepted = System.nanoTime();
        String question = "/api/orders/" + placed.at("/orderId") + "?minVersion=0&wait=5s";
        Answer seen = client.send(querySide, "GET", question, null, Map.of());
        while (isToBeAskedAgain(seen) && System.nanoTime() - accepted < PATIENCE.toNanos()) {
            seen = client.send(querySide, "GET", question, null, Map.of());
        }
        if (seen.status() != 200) {
            throw new IllegalStateException("an order cannot be seen: " + placed + ", then " + seen);
        }
        return (System.nanoTime() - accepted) / 1000;
    }

    // as any client does; the time counts
    private static boolean isToBeAskedAgain(Answer seen) {
        return seen.status() == 202 || (seen.status() == 503 && seen.saysWhenToRetry());
    }
}
