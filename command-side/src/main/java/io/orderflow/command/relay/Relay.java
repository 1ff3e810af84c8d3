package io.orderflow.command.relay;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.command.relay.ReadAhead.Batch;
import io.orderflow.command.relay.StoreCheck.StoreHeld;
import io.orderflow.command.store.GroupCommitEventStorageEngine;
import io.orderflow.command.store.PostgresConnections;
import io.orderflow.messaging.config.KafkaClients;
import io.orderflow.messaging.config.Topics;
import io.orderflow.messaging.config.Topics.WrongPartitionsException;
import io.orderflow.messaging.pulse.BatchPace;
import io.orderflow.messaging.pulse.Pulse;
import io.orderflow.messaging.reading.Backoff;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.extensions.kafka.eventhandling.KafkaMessageConverter;
import org.springframework.context.SmartLifecycle;

/**
 * Publishes every stored event to Kafka, in the store's order.
 *
 * <pre>
 * WAITING -- the lock is free --> LEADING -- lost its connection, fenced, or a batch failed --> pause --> WAITING
 * </pre>
 *
 * While LEADING: read the events above the position, publish them with one Kafka transaction, move the position. What each
 * partition holds is at all times a prefix of the store's order, plus repeats after a takeover: a batch is visible as a
 * whole or not at all, and the next one does not begin before. With nothing above the position it says so: {@link Pulse}.
 *
 * <p>Neither Kafka's nor PostgreSQL's absence ends it. A store that lacks what was published from it is held, and nothing is
 * published, until that was brought back ({@link StoreCheck}).
 */
public final class Relay implements SmartLifecycle {

    private static final List<String> TOPICS = List.of(Topics.ORDERS, Topics.INVENTORY, Topics.COMMANDS);

    private static final List<String> PUBLISHED = List.of(Topics.ORDERS, Topics.INVENTORY);

    /** Events a second from which on fewer, larger batches are worth more than the wait for them. */
    private static final int MANY = 5_000;

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Of the first question for the topics: nobody is served before it is over. */
    private static final Duration START_LIMIT = Duration.ofSeconds(2);

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final PostgresConnections connections;
    private final GroupCommitEventStorageEngine store;
    private final KafkaClients clients;
    private final KafkaMessageConverter<String, byte[]> converter;
    private final RelayProperties properties;
    private final BatchPace pace;
    private final BatchPace paceOfMany;
    private final StoreCheck storeCheck;
    private final DistributionSummary batches;
    private final Backoff backoff = new Backoff();
    private volatile boolean stopped = true;
    private volatile boolean leading;
    private Thread thread = Thread.ofPlatform().unstarted(() -> {});

    public Relay(
            PostgresConnections connections,
            GroupCommitEventStorageEngine store,
            KafkaClients clients,
            KafkaMessageConverter<String, byte[]> converter,
            RelayProperties properties,
            MeterRegistry meters) {
        this.connections = connections;
        this.store = store;
        this.clients = clients;
        this.converter = converter;
        this.properties = properties;
        this.pace = BatchPace.every(properties.pace());
        this.paceOfMany = BatchPace.every(properties.paceOfMany());
        this.storeCheck = new StoreCheck(PUBLISHED, clients);
        this.batches = DistributionSummary.builder("orderflow.relay.batch")
                .description("events published with one Kafka transaction")
                .register(meters);
    }

    /** Whether this node is the one who publishes. */
    public boolean isLeading() {
        return leading;
    }

    /** @throws WrongPartitionsException when a topic has another number of partitions than configured */
    @Override
    public synchronized void start() {
        try (RelaySession session = open()) {
            createTopics(START_LIMIT);
            checkStore(session, START_LIMIT); // before anything is stored
        } catch (KafkaException | SQLException | StoreHeld e) {
            backoff.failed("the relay", e); // orders are accepted without Kafka
        }
        stopped = false;
        thread = Thread.ofPlatform().name("relay").start(this::run);
    }

    private void run() {
        while (!stopped) {
            try {
                pause();
                if (!stopped) {
                    relay();
                }
            } catch (InterruptedException e) {
                break;
            } catch (SQLException | RuntimeException e) {
                if (!stopped) {
                    backoff.failed("the relay", e);
                }
            } finally {
                leading = false;
            }
        }
    }

    private void pause() throws InterruptedException {
        while (!stopped && !backoff.isOver()) {
            Thread.sleep(10);
        }
    }

    private void relay() throws SQLException, InterruptedException {
        try (RelaySession session = open()) {
            while (!stopped && !session.lead()) {
                session.awaitNews(properties.poll());
            }
            if (!stopped) {
                createTopics(LIMIT);
                lead(session);
            }
        }
    }

    private RelaySession open() throws SQLException {
        return RelaySession.open(connections, GroupCommitEventStorageEngine.COMMITS, properties.claim());
    }

    private void lead(RelaySession session) throws SQLException, InterruptedException {
        try (PublishedTopics topics = PublishedTopics.of(PUBLISHED, clients, session);
                BatchPublisher publisher = BatchPublisher.open(clients);
                ReadAhead stored = new ReadAhead(this::read)) {
            checkStore(session, LIMIT); // after the others were fenced
            leading = true;
            boolean done = false;
            long began = System.nanoTime();
            while (!done) {
                boolean stopping = stopped; // what was stored until now is still published
                topics.checkNowAndThen(session);
                long gathering = System.nanoTime() - began;
                began = System.nanoTime();
                // read after the others were fenced: nobody can publish beyond it any more
                long position = session.position();
                Batch batch = stored.after(position);
                boolean isFull = batch.records().size() >= properties.batch();
                if (isFull) {
                    stored.begin(batch.last());
                }
                if (batch.records().isEmpty()) {
                    publisher.beat(() -> !stopped);
                    done = stopping;
                    if (!stopping) {
                        session.awaitNews(min(properties.poll(), Pulse.PAUSE));
                    }
                } else {
                    publisher.publish(batch.records(), () -> !stopped);
                    session.move(position, batch.last());
                    batches.record(batch.records().size());
                    if (!isFull && !stopping) {
                        boolean many = batch.records().size() > gathering / 1e9 * MANY;
                        (many ? paceOfMany : pace).await(began);
                    }
                }
                backoff.succeeded("the relay");
            }
        }
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private void checkStore(RelaySession session, Duration limit) throws SQLException {
        try {
            storeCheck.check(session, limit);
            store.setHeld(false);
        } catch (StoreHeld e) {
            store.setHeld(true);
            throw e;
        }
    }

    private Batch read(long position) {
        try (var stored = store.readAsStored(position)) {
            List<TrackedEventMessage<?>> events =
                    stored.limit(properties.batch()).toList();
            return new Batch(
                    events.stream().map(this::toRecord).toList(),
                    events.isEmpty() ? position : indexOf(events.getLast()));
        }
    }

    private ProducerRecord<String, byte[]> toRecord(EventMessage<?> event) {
        return converter.createKafkaMessage(event, topicOf((DomainEventMessage<?>) event));
    }

    private static String topicOf(DomainEventMessage<?> event) {
        return switch (event.getType()) {
            case "Order" -> Topics.ORDERS;
            case "StockItem" -> Topics.INVENTORY;
            default -> throw new IllegalStateException("no topic for events of " + event.getType());
        };
    }

    private static long indexOf(TrackedEventMessage<?> event) {
        return ((GlobalSequenceTrackingToken) event.trackingToken()).getGlobalIndex();
    }

    private void createTopics(Duration limit) {
        try (Admin admin = clients.admin(limit)) {
            clients.topics().create(admin, TOPICS);
        } catch (ExecutionException e) {
            throw new KafkaException("the topics cannot be created", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while creating the topics", e);
        }
    }

    @Override
    public synchronized void stop() {
        if (stopped) {
            return;
        }
        stopped = true;
        try {
            if (!thread.join(PATIENCE)) { // a broker that is away
                thread.interrupt();
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return !stopped;
    }

    /** Stops after the web server and the readers: what they have stored last is still published. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE - 7000;
    }
}
