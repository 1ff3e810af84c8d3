package io.orderflow.messaging.commands;

import io.orderflow.messaging.commands.Outbox.Stored;
import io.orderflow.messaging.reading.Backoff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.extensions.kafka.eventhandling.producer.ProducerFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Sends commands to another service, at least once and in the order in which they were decided for an order.
 *
 * <p>{@link #send} stores them in the current transaction; nothing leaves before it commits, since an answer could overtake
 * the row it is for. After the commit the same thread sends them and deletes what the broker has acknowledged. What a
 * crash or a failure leaves behind, the sweeper sends, also when the node that decided it never comes back; until it has,
 * no later command for the same order leaves, from any node.
 */
public final class CommandChannel implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(CommandChannel.class);

    /** Older than any send that is under way: a row of this age was left behind. */
    private static final Duration LEFT_BEHIND = Duration.ofSeconds(5);

    /** Transactions whose commands are sent at once; of a backlog, one may have decided thousands. */
    private static final int SWEEP = 5;

    private static final int SOMEBODY_ELSE_SWEEPS = -1;

    /** Settings of the producer: gives up before the sweeper takes over. */
    public static final Map<String, Object> PRODUCER = Map.of(
            "delivery.timeout.ms", 4000, "request.timeout.ms", 3000, "max.block.ms", 3000, "linger.ms", 20); // flushed

    private final Outbox outbox;
    private final ProducerFactory<String, byte[]> producers;
    private final TransactionOperations transactions;
    private final ThreadLocal<@Nullable List<Stored>> decided = new ThreadLocal<>();
    private final Backoff backoff = new Backoff();
    private volatile boolean behind;
    private volatile boolean stopped = true;
    private Thread sweeper = Thread.ofPlatform().unstarted(() -> {});

    public CommandChannel(
            Outbox outbox, ProducerFactory<String, byte[]> producers, TransactionOperations transactions) {
        this.outbox = outbox;
        this.producers = producers;
        this.transactions = transactions;
    }

    /**
     * Transactions in which commands can be decided: they are sent when {@code plain} has committed and given its
     * connection back, and not at all when it rolled back.
     */
    public TransactionOperations deciding(TransactionOperations plain) {
        return new TransactionOperations() {
            @Override
            public <T extends @Nullable Object> T execute(TransactionCallback<T> action) {
                List<Stored> outer = decided.get();
                if (outer != null) {
                    return plain.execute(action);
                }
                List<Stored> mine = new ArrayList<>();
                decided.set(mine);
                T result;
                try {
                    result = plain.execute(action);
                } finally {
                    decided.remove();
                }
                publishCommitted(mine);
                return result;
            }
        };
    }

    /**
     * Stores {@code commands} in the current transaction, to be sent after it.
     *
     * @throws IllegalStateException outside of a {@link #deciding} transaction
     */
    public void send(List<CommandMessage<?>> commands) {
        List<Stored> rows = decided.get();
        if (rows == null) {
            throw new IllegalStateException("commands are decided in a transaction of CommandChannel.deciding");
        }
        if (!commands.isEmpty()) {
            Stored row = outbox.add(commands);
            if (outbox.isBehindOthers(row, rows)) {
                behind = true; // the sweeper sends both, in their order
            } else {
                rows.add(row);
            }
        }
    }

    private void publishCommitted(List<Stored> stored) {
        if (stored.isEmpty() || behind) {
            return;
        }
        try {
            publish(stored);
            outbox.delete(stored);
        } catch (RuntimeException e) {
            behind = true; // later commands must not overtake these: all go through the sweeper until it has caught up
            backoff.failed("the command channel", e);
        }
    }

    /** Sends and awaits the acks. All are acknowledged, or it throws. */
    private void publish(List<Stored> stored) {
        Producer<String, byte[]> producer = producers.createProducer();
        List<ProducerRecord<String, byte[]>> commands =
                stored.stream().flatMap(row -> row.commands().stream()).toList();
        List<Future<RecordMetadata>> acks = new ArrayList<>(commands.size());
        for (ProducerRecord<String, byte[]> command : commands) {
            Future<RecordMetadata> ack = producer.send(command);
            if (ack.isDone()) { // it has waited for the broker in vain: the next one would, too
                await(ack);
            }
            acks.add(ack);
        }
        producer.flush(); // all in one request, or few
        for (Future<RecordMetadata> ack : acks) {
            await(ack);
        }
    }

    private static void await(Future<RecordMetadata> ack) {
        try {
            ack.get(10, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new KafkaException("a command was not acknowledged; it stays in the outbox", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while waiting for an ack; the command stays in the outbox", e);
        }
    }

    private void sweep() {
        while (!stopped) {
            try {
                if (backoff.isOver() && sweepOnce() > 0) {
                    continue;
                }
                Thread.sleep(200);
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                behind = true;
                backoff.failed("the command channel", e);
            }
        }
    }

    /** Sends what was left behind. While behind, that is everything, in its order. */
    private int sweepOnce() {
        boolean catchingUp = behind;
        Integer sent = transactions.execute(status -> {
            if (!outbox.claimSweep()) {
                return SOMEBODY_ELSE_SWEEPS;
            }
            List<Stored> left = outbox.claimOlderThan(catchingUp ? Duration.ZERO : LEFT_BEHIND, SWEEP);
            if (!left.isEmpty()) {
                publish(left);
                outbox.delete(left);
            }
            return left.stream().mapToInt(row -> row.commands().size()).sum();
        });
        int count = sent == null ? 0 : sent;
        if (catchingUp && count == 0) {
            behind = false;
        }
        if (count > 0) {
            backoff.succeeded("the command channel");
            log.info("sent {} commands that were left behind", count);
        }
        return count;
    }

    @Override
    public synchronized void start() {
        stopped = false;
        sweeper = Thread.ofPlatform().name("outbox-sweeper").start(this::sweep);
    }

    @Override
    public synchronized void stop() {
        stopped = true;
        sweeper.interrupt();
        try {
            sweeper.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producers.shutDown();
    }

    @Override
    public boolean isRunning() {
        return !stopped;
    }

    /** Stops after the readers, whose decisions it sends. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE - 6000;
    }
}
