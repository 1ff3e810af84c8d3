package io.orderflow.proof.load;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Many clients at once, from when it is begun until it is closed. */
public final class Load implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(8);
    private static final Duration LAST_ANSWERS = Duration.ofMinutes(2);

    private final List<URI> commandSide;
    private final List<URI> querySide;
    private final Client client = new Client(PATIENCE);
    private final Promises promises = new Promises();
    private final Timeline timeline = new Timeline();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private volatile boolean open = true;

    public Load(List<URI> commandSide, List<URI> querySide) {
        this.commandSide = commandSide;
        this.querySide = querySide;
    }

    /**
     * Fills the catalogue, then lets the clients in.
     *
     * @param rate requests in a second of all clients together, when all are answered at once
     */
    public void begin(int clients, double rate, long seed) {
        Catalogue.load(client, commandSide.getFirst());
        Duration think = Duration.ofNanos((long) (clients / rate * 1e9));
        Random seeds = new Random(seed);
        for (int i = 0; i < clients; i++) {
            Shopper shopper =
                    new Shopper(commandSide, querySide, client, promises, timeline, threads, seeds.nextLong());
            threads.execute(() -> shop(shopper, think));
        }
    }

    private void shop(Shopper shopper, Duration think) {
        try {
            shopper.shop(() -> open, think);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, e); // told when the load ends
        }
    }

    public Promises promises() {
        return promises;
    }

    public Timeline timeline() {
        return timeline;
    }

    /** Lets nobody in any more, and waits for the last answers. */
    @Override
    public void close() {
        open = false;
        threads.shutdown();
        try {
            if (!threads.awaitTermination(LAST_ANSWERS.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("clients still wait for answers after " + LAST_ANSWERS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Throwable failed = failure.get();
        if (failed != null) {
            throw new IllegalStateException("a client failed, and not for an answer", failed);
        }
    }
}
