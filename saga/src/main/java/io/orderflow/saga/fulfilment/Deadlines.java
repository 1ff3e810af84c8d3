package io.orderflow.saga.fulfilment;

import io.orderflow.api.order.OrderId;
import io.orderflow.messaging.reading.Backoff;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Tells sagas that their time is over, by the database's clock, and forgets finished ones after their retention. Of
 * several nodes each takes other rows.
 */
final class Deadlines implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Deadlines.class);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final int AT_ONCE = 200;

    private static final String DUE = "SELECT order_id FROM fulfilment WHERE due_at <= now()"
            + " ORDER BY due_at LIMIT " + AT_ONCE + " FOR UPDATE SKIP LOCKED";

    // looked up, not joined: see Fulfilments.UPDATE
    static final String FORGET = "WITH old AS MATERIALIZED (SELECT order_id FROM fulfilment"
            + " WHERE finished_at < now() - make_interval(secs => ?) ORDER BY finished_at LIMIT " + AT_ONCE
            + " FOR UPDATE SKIP LOCKED) DELETE FROM fulfilment f USING old WHERE f.order_id = ANY (ARRAY[old.order_id])";

    private final JdbcOperations jdbc;
    private final FulfilmentEvents events;
    private final TransactionOperations transactions;
    private final FulfilmentSettings settings;
    private final Backoff backoff = new Backoff();
    private Thread polling = Thread.ofPlatform().unstarted(() -> {});
    private volatile boolean stopped = true;

    Deadlines(
            JdbcOperations jdbc,
            FulfilmentEvents events,
            TransactionOperations transactions,
            FulfilmentSettings settings) {
        this.jdbc = jdbc;
        this.events = events;
        this.transactions = transactions;
        this.settings = settings;
    }

    private void poll() {
        while (!stopped) {
            try {
                if (!backoff.isOver() || tellOverdue() + forgetFinished() < AT_ONCE) {
                    LockSupport.parkNanos(PAUSE.toNanos());
                }
                backoff.succeeded("watching deadlines");
            } catch (RuntimeException e) {
                backoff.failed("watching deadlines", e);
            }
        }
    }

    private int tellOverdue() {
        Integer told = transactions.execute(status -> {
            List<EventMessage<?>> overdue = jdbc.query(
                    DUE,
                    (row, number) -> GenericEventMessage.asEventMessage(
                            new FulfilmentOverdue(new OrderId(row.getObject(1, UUID.class)))));
            if (!overdue.isEmpty()) {
                log.warn("{} orders could not be arranged in time", overdue.size());
                events.handle(overdue);
            }
            return overdue.size();
        });
        return told == null ? 0 : told;
    }

    private int forgetFinished() {
        return jdbc.update(FORGET, settings.retention().toMillis() / 1000.0);
    }

    @Override
    public synchronized void start() {
        stopped = false;
        polling = Thread.ofPlatform().name("deadlines").start(this::poll);
    }

    @Override
    public synchronized void stop() {
        stopped = true;
        LockSupport.unpark(polling);
        try {
            polling.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return !stopped;
    }

    @Override
    public int getPhase() {
        return DEFAULT_PHASE - 5000;
    }
}
