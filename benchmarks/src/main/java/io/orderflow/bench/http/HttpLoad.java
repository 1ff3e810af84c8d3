package io.orderflow.bench.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Clients that send prepared requests over connections of their own, all on the caller's thread.
 *
 * <p>Written by hand because the load shares its processors with what is measured: a client library costs 20 to 50 µs a
 * request, as much as the service itself; this costs less than 10.
 */
public final class HttpLoad implements AutoCloseable {

    private static final long NEVER = Long.MAX_VALUE;
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(30);

    private final Selector selector;
    private final List<Connection> connections = new ArrayList<>();
    private final Requests requests;

    public HttpLoad(URI target, int clients, Requests requests) {
        this.requests = requests;
        try {
            this.selector = Selector.open();
            InetSocketAddress address = new InetSocketAddress(target.getHost(), target.getPort());
            for (int i = 0; i < clients; i++) {
                connections.add(new Connection(address, selector));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Closed loop: whoever is answered asks again at once. */
    public Load closed(Duration length) {
        return run(length, 0);
    }

    /**
     * Open loop: requests are due at fixed times, whether earlier ones were answered or not, and their latency counts from
     * then on. So a pause is seen by all who would have come meanwhile (no coordinated omission).
     */
    public Load open(double perSecond, Duration length) {
        return run(length, (long) (1e9 / perSecond));
    }

    private Load run(Duration length, long interval) {
        Load load = new Load();
        ArrayDeque<Connection> idle = new ArrayDeque<>(connections);
        long began = System.nanoTime();
        long end = began + length.toNanos();
        long due = began;
        try {
            while (true) {
                long now = System.nanoTime();
                while (!idle.isEmpty() && now < end && (interval == 0 || due <= now)) {
                    idle.pop().send(requests.next(), interval == 0 ? now : due);
                    due += interval;
                }
                if (now >= end && idle.size() == connections.size()) {
                    break;
                }
                requireAnswers(now, end);
                long next = interval == 0 || idle.isEmpty() || now >= end ? NEVER : due - now;
                receive(load, idle, next);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        countUnsent(load, due, end, interval);
        load.took(Duration.ofNanos(System.nanoTime() - began));
        return load;
    }

    private static void requireAnswers(long now, long end) {
        if (now > end + LAST_ANSWERS.toNanos()) {
            throw new IllegalStateException("requests are still not answered " + LAST_ANSWERS + " after the last one");
        }
    }

    private void receive(Load load, ArrayDeque<Connection> idle, long next) throws IOException {
        if (next > 2_000_000) {
            selector.select(next == NEVER ? 100 : next / 1_000_000);
        } else {
            LockSupport.parkNanos(Math.min(next, 100_000)); // finer than a selector's milliseconds
            selector.selectNow();
        }
        for (SelectionKey key : selector.selectedKeys()) {
            Connection connection = (Connection) key.attachment();
            if (connection.receive()) {
                load.answered(connection.status(), System.nanoTime() - connection.due());
                idle.push(connection);
            }
        }
        selector.selectedKeys().clear();
    }

    /** Those that were due and found no free connection have waited, too. */
    private static void countUnsent(Load load, long firstUnsent, long end, long interval) {
        if (interval > 0) {
            for (long due = firstUnsent; due < end; due += interval) {
                load.unsent(end - due);
            }
        }
    }

    @Override
    public void close() {
        try {
            for (Connection connection : connections) {
                connection.close();
            }
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
