package io.orderflow.command.store;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.command.store.EventInserts.Found;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread of this node that stores events: it takes all units of work that wait, stores them with one statement
 * and one commit, and releases those who wait for them. While it stores, the next group gathers.
 *
 * <p>A group that is refused for what is in it is stored again, each unit of work by itself, so that only the loser
 * fails. A group whose connection was lost is sent again, the same rows: when they violate a constraint by their own
 * event ids, they are stored already.
 */
final class GroupWriter implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(GroupWriter.class);
    private static final String UNIQUE_VIOLATION = "23505";
    private static final int GROUP_BYTES = 8 << 20;
    private static final long WATCH_MILLIS = 50;
    private static final long FIRST_PAUSE_MILLIS = 10;
    private static final long LONGEST_PAUSE_MILLIS = 250;

    private final PostgresConnections connections;
    private final Duration statementLimit;
    private final Duration closeLimit;
    private final int groupSize;
    private final BlockingQueue<Append> waiting;
    private final ReadWriteLock closing = new ReentrantReadWriteLock();
    private final DistributionSummary groups;
    private final Thread thread;
    private final LastTimes lastTimes = new LastTimes();
    private final Set<Append> underWay = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("event-store-watch").daemon(true).factory());
    private volatile boolean closed;
    private @Nullable EventInserts inserts;
    private boolean reachable = true;

    GroupWriter(PostgresConnections connections, StoreProperties properties, MeterRegistry meters) {
        this.connections = connections;
        // below the caller's limit, so that there is time to reconnect and ask
        this.statementLimit = properties.limit().multipliedBy(3).dividedBy(5);
        this.closeLimit = properties.limit().multipliedBy(2);
        this.groupSize = properties.group();
        this.waiting = new ArrayBlockingQueue<>(properties.waiting());
        this.groups = DistributionSummary.builder("orderflow.store.group")
                .description("events stored with one commit")
                .publishPercentiles(0.5, 0.99)
                .register(meters);
        Gauge.builder("orderflow.store.waiting", waiting, BlockingQueue::size)
                .description("units of work that wait to be stored")
                .register(meters);
        this.thread =
                Thread.ofPlatform().name("event-store-writer").daemon(true).start(this::run);
        var unused = watch.scheduleWithFixedDelay(
                () -> underWay.forEach(Append::endWhenLate), WATCH_MILLIS, WATCH_MILLIS, TimeUnit.MILLISECONDS);
    }

    /**
     * Returns when the events are on disk.
     *
     * @throws StoreUnavailable when certainly nothing of it was stored
     * @throws OutcomeUnknown when the caller's time was up, or the node stopped, before the database has answered
     */
    void append(Append append) {
        underWay.add(append);
        try {
            submit(append);
            append.await();
        } finally {
            underWay.remove(append);
        }
    }

    /** @throws StoreUnavailable when too many wait already, or this node is shutting down */
    void submit(Append append) {
        closing.readLock().lock();
        try {
            if (closed) {
                throw new StoreUnavailable("this node is shutting down; nothing was stored: try again");
            }
            if (!waiting.offer(append)) {
                throw new StoreUnavailable("too many commands wait to be stored; try again later");
            }
        } finally {
            closing.readLock().unlock();
        }
    }

    private void run() {
        List<Append> group = new ArrayList<>();
        while (!closed || !waiting.isEmpty()) {
            try {
                if (gather(group)) {
                    store(group);
                }
            } catch (InterruptedException e) {
                break; // close() ran out of patience
            } catch (RuntimeException e) {
                log.error("The event store's writer failed", e);
                group.forEach(append -> append.failed(new EventStoreException("the events could not be stored", e)));
            } finally {
                group.clear();
            }
        }
        disconnect();
    }

    private boolean gather(List<Append> group) throws InterruptedException {
        Append next = waiting.poll(100, TimeUnit.MILLISECONDS);
        for (int bytes = 0; next != null; next = waiting.poll()) {
            group.add(next);
            bytes += next.size();
            if (group.size() >= groupSize || bytes >= GROUP_BYTES) {
                break;
            }
        }
        return !group.isEmpty();
    }

    private void store(List<Append> group) throws InterruptedException {
        List<Append> open = new ArrayList<>(group);
        long pause = FIRST_PAUSE_MILLIS;
        while (!open.isEmpty()) {
            try {
                EventInserts connected = connected();
                open.removeIf(append -> !append.claim());
                storeOnce(connected, open);
                return;
            } catch (SQLException e) {
                switch (SqlFailure.of(e)) {
                    case DATA -> {
                        isolate(open, e);
                        return;
                    }
                    case HELD -> {
                        open.forEach(Append::held);
                        return;
                    }
                    case NOT_NOW, CONNECTION -> {
                        later(open, e);
                        Thread.sleep(pause);
                        pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
                    }
                }
            }
        }
    }

    private void storeOnce(EventInserts connected, List<Append> open) throws SQLException {
        if (open.isEmpty()) {
            return;
        }
        List<EventRow> rows = lastTimes.inOrder(
                open.stream().flatMap(append -> append.rows().stream()).toList(), connected::timesOf);
        connected.insert(rows);
        open.forEach(Append::stored);
        lastTimes.stored(rows);
        groups.record(rows.size());
        reached();
    }

    private void isolate(List<Append> open, SQLException refusal) throws InterruptedException {
        if (open.size() == 1) {
            refuse(open.getFirst(), refusal);
            return;
        }
        for (Append append : open) {
            store(List.of(append));
        }
    }

    private void refuse(Append append, SQLException refusal) throws InterruptedException {
        if (!UNIQUE_VIOLATION.equals(refusal.getSQLState())) {
            append.failed(new EventStoreException("the events were refused: " + refusal.getMessage(), refusal));
            return;
        }
        try {
            Found found = connected().find(append.rows());
            if (found.own() == append.rows().size()) {
                append.stored(); // by an earlier try whose answer was lost
            } else if (found.taken() > 0) {
                append.failed(conflict(append.firstRow(), refusal));
            } else { // decided on the newest state, and still one of these events was stored before
                append.failed(new HappenedBefore(append.firstRow(), refusal));
            }
        } catch (SQLException e) {
            later(List.of(append), e);
            Thread.sleep(FIRST_PAUSE_MILLIS);
            store(List.of(append));
        }
    }

    private static RuntimeException conflict(EventRow row, SQLException violation) {
        String what = "event %d of %s is stored already".formatted(row.sequenceNumber(), row.aggregateIdentifier());
        return row.sequenceNumber() == 0
                ? new AggregateStreamCreationException(what, violation)
                : new ConcurrencyException(what, violation);
    }

    private EventInserts connected() throws SQLException {
        EventInserts current = inserts;
        if (current == null) {
            current = new EventInserts(connections.open("orderflow event store", statementLimit));
            inserts = current;
        }
        return current;
    }

    private void later(List<Append> open, SQLException e) {
        boolean wasConnected = inserts != null;
        if (SqlFailure.of(e) == SqlFailure.CONNECTION) {
            if (wasConnected) {
                open.forEach(Append::putInDoubt);
            }
        } else {
            open.forEach(Append::takeBack);
        }
        disconnect(); // a fresh connection also finds the server that is writable now
        if (reachable) {
            reachable = false;
            log.warn("The event store does not answer; trying again until each caller's time is up: {}", e.toString());
        }
    }

    private void reached() {
        if (!reachable) {
            reachable = true;
            log.info("The event store answers again");
        }
    }

    private void disconnect() {
        EventInserts gone = inserts;
        inserts = null;
        if (gone != null) {
            try {
                gone.close();
            } catch (SQLException e) {
                log.debug("Closing a broken connection failed", e);
            }
        }
    }

    /** Refuses what comes from now on, stores what waits, and leaves nobody without an answer. */
    @Override
    public void close() {
        refuseWhatComes();
        try {
            if (!thread.join(closeLimit)) {
                thread.interrupt();
                thread.join();
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
        waiting.forEach(Append::stranded);
        watch.shutdown();
    }

    private void refuseWhatComes() {
        closing.writeLock().lock();
        try {
            closed = true;
        } finally {
            closing.writeLock().unlock();
        }
    }
}
