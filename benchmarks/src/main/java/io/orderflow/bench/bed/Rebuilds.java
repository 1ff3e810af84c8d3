package io.orderflow.bench.bed;

import io.orderflow.proof.load.Client;
import io.orderflow.proof.load.Client.Answer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Rebuilds of the projections of a query side. */
public final class Rebuilds {

    public static final List<String> PROJECTIONS = List.of("orders", "products", "statistics");
    private static final Duration LOOK = Duration.ofMillis(200); // each look asks Kafka and the database
    private static final Duration PATIENCE = Duration.ofMinutes(30);

    private final URI querySide;
    private final Client client = new Client(Duration.ofSeconds(30));

    public Rebuilds(URI querySide) {
        this.querySide = querySide;
    }

    /** Begins all of them, at once. */
    public void begin() {
        PROJECTIONS.forEach(this::begin);
    }

    public void begin(String projection) {
        Answer answer = client.send(querySide, "POST", path(projection) + "/rebuild", null, Map.of());
        if (answer.status() != 202) {
            throw new IllegalStateException("a rebuild cannot be begun: " + answer);
        }
    }

    /** Waits until the newest generation of each serves. */
    public void awaitServing() {
        long limit = System.nanoTime() + PATIENCE.toNanos();
        for (String projection : PROJECTIONS) {
            while (!isServing(projection)) {
                if (System.nanoTime() > limit) {
                    throw new IllegalStateException(projection + " is not rebuilt within " + PATIENCE);
                }
                LockSupport.parkNanos(LOOK.toNanos());
            }
        }
    }

    /** @param eventsPerSecond how fast it may go; 0 for as fast as it can */
    public void throttle(String projection, int eventsPerSecond) {
        String limit = eventsPerSecond == 0 ? "" : "?eventsPerSecond=" + eventsPerSecond;
        Answer answer = client.send(querySide, "PUT", path(projection) + "/rebuild/throttle" + limit, null, Map.of());
        if (answer.status() / 100 != 2 && answer.status() != 409) { // it may be over already
            throw new IllegalStateException("a rebuild cannot be slowed down: " + answer);
        }
    }

    /** Records that the newest generation of a projection has applied. */
    public long done(String projection) {
        Answer answer = client.send(querySide, "GET", path(projection) + "/rebuild", null, Map.of());
        if (answer.status() != 200) {
            throw new IllegalStateException("nobody knows how far " + projection + " is: " + answer);
        }
        return Long.parseLong(answer.at("/done"));
    }

    /** Whether the newest generation serves. */
    public boolean isServing(String projection) {
        Answer answer = client.send(querySide, "GET", path(projection) + "/rebuild", null, Map.of());
        String state = answer.status() == 200 ? answer.at("/state") : "";
        if (state.equals("FAILED")) {
            throw new IllegalStateException("a rebuild failed: " + answer);
        }
        return state.equals("SERVING");
    }

    /** Gives up what could be gone back to. */
    public void dropPrevious() {
        for (String projection : PROJECTIONS) {
            Answer answer = client.send(querySide, "DELETE", path(projection) + "/previous", null, Map.of());
            if (answer.status() != 204 && answer.status() != 409) {
                throw new IllegalStateException("what served before cannot be dropped: " + answer);
            }
        }
    }

    private static String path(String projection) {
        return "/api/admin/projections/" + projection;
    }
}
