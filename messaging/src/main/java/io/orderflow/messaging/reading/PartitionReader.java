package io.orderflow.messaging.reading;

import io.orderflow.messaging.config.KafkaClients;
import io.orderflow.messaging.config.StoppedAtOnce;
import io.orderflow.messaging.parking.Parking;
import io.orderflow.messaging.parking.Retriable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
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
    private final List<Thread> running = new ArrayList<>();
    private final List<ReaderLoop<M>> loops = new CopyOnWriteArrayList<>();
    private final List<Consumer<String, byte[]>> consumers = new CopyOnWriteArrayList<>();
    private volatile int atOnce = Integer.MAX_VALUE;
    private volatile boolean stopped = true;

    /** @param threads consumers of this node; more than a topic has partitions are idle */
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
        reading.handler().accept(List.of(reading.translation().apply(parked)));
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
        return loops.size() == threads && loops.stream().allMatch(ReaderLoop::isReading);
    }

    /** How many partitions are assigned to this node; other nodes read the others. */
    public int partitions() {
        return loops.stream().mapToInt(ReaderLoop::partitions).sum();
    }

    /** Records that are in the partitions assigned to this node and not read yet. */
    public long lag() {
        return loops.stream().mapToLong(ReaderLoop::lag).sum();
    }

    @Override
    public synchronized void start() {
        stopped = false;
        IntStream.range(0, threads)
                .forEach(number -> running.add(Thread.ofPlatform()
                        .name(reading.name() + "-reader-" + number)
                        .start(this::run)));
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
        Consumer<String, byte[]> consumer = clients.consumer(reading.name());
        ReaderLoop<M> loop = new ReaderLoop<>(reading, consumer, application, this::open, () -> atOnce);
        consumers.add(consumer);
        loops.add(loop);
        try {
            loop.subscribe();
            while (!stopped) {
                loop.round();
            }
        } finally {
            consumers.remove(consumer);
            loops.remove(loop);
            consumer.close(CloseOptions.timeout(FAREWELL));
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
        consumers.forEach(Consumer::wakeup);
        for (Thread thread : running) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        running.clear();
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
