package io.orderflow.messaging.reading;

import io.orderflow.messaging.cloudevents.ReceivedRecord;
import io.orderflow.messaging.config.KafkaClients;
import io.orderflow.messaging.config.StoppedAtOnce;
import io.orderflow.messaging.parking.Parking;
import io.orderflow.messaging.parking.Retriable;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Reads topics in a consumer group so that each event takes effect once, whatever dies and however often it is sent.
 * The partitions are shared among the threads of all nodes that run a reader of the same name.
 *
 * <p>It waits for its topics, for the broker and for the database, for ever.
 */
public final class PartitionReader<M> implements StoppedAtOnce, Retriable {

    private static final Logger log = LoggerFactory.getLogger(PartitionReader.class);

    /** How long a broker that does not answer is told that a consumer leaves; it finds out by itself, too. */
    private static final Duration FAREWELL = Duration.ofSeconds(3);

    private final Reading<M> reading;
    private final int threads;
    private final KafkaClients clients;
    private final TopicIds topicIds;
    private final Positions positions;
    private final TransactionOperations transactions;
    private final BatchApplication<M> application;
    private volatile @Nullable ReaderLoop<M> loop;
    private volatile @Nullable Consumer<String, byte[]> consumer;
    private volatile int atOnce = Integer.MAX_VALUE;
    private volatile boolean stopped = true;
    private Thread thread = Thread.ofPlatform().unstarted(() -> {});

    /** @param threads that apply a large batch side by side; more than a topic has partitions are idle */
    public PartitionReader(
            Reading<M> reading,
            int threads,
            KafkaClients clients,
            JdbcClient jdbc,
            TransactionOperations transactions) {
        this.reading = reading;
        this.threads = threads;
        this.clients = clients;
        this.topicIds = new TopicIds(clients, reading.topics());
        this.positions = new Positions(jdbc, reading.name());
        this.transactions = transactions;
        this.application = new BatchApplication<>(reading, positions, new Parking(jdbc), transactions);
    }

    @Override
    public String name() {
        return reading.name();
    }

    @Override
    public void process(ConsumerRecord<String, byte[]> parked) {
        reading.handler().accept(List.of(reading.translation().apply(new ReceivedRecord(parked))));
    }

    /**
     * Has smaller transactions, so that others get their turn between them.
     *
     * @param records applied with one transaction, at most; at first as many as a poll gives
     */
    public void limit(int records) {
        atOnce = records;
    }

    /** Whether every partition assigned to this node is being read and nothing fails. */
    public boolean isReading() {
        ReaderLoop<M> now = loop;
        return now != null && now.isReading();
    }

    /** How many partitions are assigned to this node; other nodes read the others. */
    public int partitions() {
        ReaderLoop<M> now = loop;
        return now == null ? 0 : now.partitions();
    }

    /** Records that are in the partitions assigned to this node and not read yet. */
    public long lag() {
        ReaderLoop<M> now = loop;
        return now == null ? 0 : now.lag();
    }

    @Override
    public synchronized void start() {
        stopped = false;
        thread = Thread.ofPlatform().name(reading.name() + "-reader").start(this::run);
    }

    private void run() {
        Backoff backoff = new Backoff();
        while (!stopped) {
            if (!backoff.isOver()) {
                pause();
                continue;
            }
            try {
                topicIds.awaited();
                read();
                backoff.succeeded(reading.name());
            } catch (WakeupException e) {
                log.debug("{} was woken to stop", reading.name());
            } catch (RuntimeException | Error e) {
                backoff.failed(reading.name(), e); // a new consumer starts from the stored positions
            }
        }
    }

    private void read() {
        Consumer<String, byte[]> member = clients.consumer(reading.name());
        consumer = member;
        try (Appliers appliers = new Appliers(reading.name(), threads, reading.undivided())) {
            ReaderLoop<M> rounds = new ReaderLoop<>(reading, member, application, this::open, appliers, () -> atOnce);
            loop = rounds;
            rounds.subscribe();
            while (!stopped) {
                rounds.round();
            }
        } finally {
            loop = null;
            consumer = null;
            member.close(CloseOptions.timeout(FAREWELL));
        }
    }

    private Position open(TopicPartition partition) {
        String topicId = topicIds.current(partition.topic());
        return transactions.execute(status -> positions.open(partition, topicId));
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void stop() {
        stopped = true;
        Consumer<String, byte[]> member = consumer;
        if (member != null) {
            member.wakeup();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return !stopped;
    }

    /** After what it hands events to, before the web server: reading stops after requests did. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE - 5000;
    }
}
