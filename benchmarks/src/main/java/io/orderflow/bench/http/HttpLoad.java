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

    private static final Duration LAST_ANSWERS = Duration.ofSeconds(30);
    private static final long SELECTOR_IS_FINE_ENOUGH = 2_000_000;
    private static final long FINER = 100_000;
    private static final long LOOK_MILLIS = 100;

    private final Selector selector;
    private final List<Connection> connections = new ArrayList<>();
    private final ArrayDeque<Connection> idle = new ArrayDeque<>();
    private final Requests requests;
    private final Answers answers;

    public HttpLoad(URI target, int clients, Requests requests) {
        this(target, clients, requests, (status, micros) -> {});
    }

    /** @param answers is told each of them, on the caller's thread */
    public HttpLoad(URI target, int clients, Requests requests, Answers answers) {
        this.requests = requests;
        this.answers = answers;
        try {
            this.selector = Selector.open();
            InetSocketAddress address = new InetSocketAddress(target.getHost(), target.getPort());
            for (int i = 0; i < clients; i++) {
                connections.add(new Connection(address, selector));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(target + " does not answer: " + e.getMessage(), e);
        }
    }

    /** Closed loop: whoever is answered asks again at once. */
    public Load closed(Duration length) {
        return closed(length, Long.MAX_VALUE);
    }

    /** @param most requests, after which it ends, too */
    public Load closed(Duration length, long most) {
        return run(new Schedule(0, length, most));
    }

    /**
     * Open loop: requests are due at fixed times, whether earlier ones were answered or not, and their latency counts from
     * then on. So a pause is seen by all who would have come meanwhile (no coordinated omission).
     */
    public Load open(double perSecond, Duration length) {
        return open(perSecond, length, Long.MAX_VALUE);
    }

    /** @param most requests, after which it ends, too */
    public Load open(double perSecond, Duration length, long most) {
        return run(new Schedule((long) (1e9 / perSecond), length, most));
    }

    /**
     * An open loop of more than can be answered: who finds all connections busy goes away, and is told as unsent. Would they
     * wait instead, their number and latency grew for as long as it lasts, and told nothing of who is let in.
     */
    public Load flood(double perSecond, Duration length) {
        return run(new Schedule((long) (1e9 / perSecond), length, Long.MAX_VALUE), false);
    }

    private Load run(Schedule schedule) {
        return run(schedule, true);
    }

    /** @param wait whether a request that finds no connection free waits for one */
    private Load run(Schedule schedule, boolean wait) {
        Load load = new Load();
        idle.clear();
        idle.addAll(connections);
        try {
            receive(load, 0); // who was closed meanwhile
            while (!schedule.isOver() || idle.size() < connections.size()) {
                while (!idle.isEmpty() && schedule.isDue()) {
                    idle.pop().send(requests.next(), schedule.take());
                }
                while (!wait && idle.isEmpty() && schedule.isDue()) {
                    schedule.take();
                    load.turnedAway();
                }
                receive(load, idle.isEmpty() ? Long.MAX_VALUE : schedule.nanosUntilNext());
                if (schedule.isOverSince(LAST_ANSWERS)) {
                    throw new IllegalStateException("still not answered after " + LAST_ANSWERS);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        schedule.missed(load::unsent);
        load.took(schedule.elapsed());
        return load;
    }

    private void receive(Load load, long nanosUntilNext) throws IOException {
        if (nanosUntilNext > SELECTOR_IS_FINE_ENOUGH) {
            selector.select(Math.min(LOOK_MILLIS, nanosUntilNext / 1_000_000));
        } else {
            LockSupport.parkNanos(Math.min(nanosUntilNext, FINER));
            selector.selectNow();
        }
        for (SelectionKey key : selector.selectedKeys()) {
            Connection connection = (Connection) key.attachment();
            if (connection.receive()) {
                long micros = (System.nanoTime() - connection.due()) / 1000;
                load.answered(connection.status(), micros);
                answers.answered(connection.status(), micros);
                idle.push(connection);
            }
        }
        selector.selectedKeys().clear();
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
