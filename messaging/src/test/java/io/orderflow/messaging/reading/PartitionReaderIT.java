package io.orderflow.messaging.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.api.order.OrderEvent.OrderConfirmed;
import io.orderflow.api.order.OrderId;
import io.orderflow.messaging.KafkaFixture;
import io.orderflow.messaging.MessagingDatabase;
import io.orderflow.messaging.PublishedEvents;
import io.orderflow.messaging.cloudevents.CloudEventConverter;
import io.orderflow.messaging.cloudevents.Sequences;
import io.orderflow.messaging.parking.TestedParking;
import io.orderflow.messaging.pulse.BatchPace;
import io.orderflow.messaging.serialization.ContractSerializer;
import io.orderflow.servers.TestServers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.utils.Utils;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.extensions.kafka.eventhandling.KafkaMessageConverter;
import org.axonframework.extensions.kafka.eventhandling.consumer.AsyncFetcher;
import org.axonframework.extensions.kafka.eventhandling.consumer.DefaultConsumerFactory;
import org.axonframework.extensions.kafka.eventhandling.consumer.subscribable.SubscribableKafkaMessageSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reading a real broker into a real database. */
class PartitionReaderIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final KafkaFixture kafka = new KafkaFixture(TestServers.bootstrapServers());
    private final MessagingDatabase database = new MessagingDatabase();
    private final PublishedEvents events = new PublishedEvents();
    private final CloudEventConverter converter = CloudEventConverter.forReading(new ContractSerializer());
    private final List<PartitionReader<?>> readers = new CopyOnWriteArrayList<>();
    private final String name = "reader-" + UUID.randomUUID();
    private final String topic = kafka.newTopic();
    private final JdbcClient jdbc = database.jdbc();

    @BeforeEach
    void createTable() {
        // no key: an event applied twice must show
        jdbc.sql("CREATE TABLE applied (position bigserial, order_id text, sequence bigint)")
                .update();
    }

    @AfterEach
    void stop() {
        readers.forEach(PartitionReader::stop);
        database.close();
    }

    private PartitionReader<?> start(Consumer<List<EventMessage<?>>> handler) {
        PartitionReader<EventMessage<?>> reader = new PartitionReader<>(
                new Reading<>(name, List.of(topic), BatchPace.prompt(), Sequences::byOrder, converter::read, handler),
                2,
                kafka.clients(),
                jdbc,
                database.transactions());
        readers.add(reader);
        reader.start();
        return reader;
    }

    private void apply(List<EventMessage<?>> batch) {
        for (EventMessage<?> message : batch) {
            DomainEventMessage<?> event = (DomainEventMessage<?>) message;
            jdbc.sql("INSERT INTO applied (order_id, sequence) VALUES (?, ?)")
                    .param(event.getAggregateIdentifier())
                    .param(event.getSequenceNumber())
                    .update();
        }
    }

    private List<ProducerRecord<String, byte[]>> backlog(int orders, int eventsEach) {
        List<OrderId> ids = IntStream.range(0, orders)
                .mapToObj(i -> new OrderId(UUID.randomUUID()))
                .toList();
        List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
        for (int round = 0; round < eventsEach; round++) {
            ids.forEach(id -> records.add(confirmed(id)));
        }
        return records;
    }

    private ProducerRecord<String, byte[]> confirmed(OrderId id) {
        return events.next(topic, "Order", id.toString(), new OrderConfirmed(id));
    }

    private long count(String sql) {
        return database.observer().sql(sql).query(Long.class).single();
    }

    private void awaitApplied(long expected) {
        await().atMost(PATIENCE).until(() -> count("SELECT count(*) FROM applied") >= expected);
    }

    private void assertAppliedOnceAndInOrder(long expected) {
        assertThat(count("SELECT count(*) FROM applied")).isEqualTo(expected);
        assertThat(count("SELECT count(*) FROM (SELECT DISTINCT order_id, sequence FROM applied) d"))
                .isEqualTo(expected);
        assertThat(count(
                        "SELECT count(*) FROM (SELECT sequence, lag(sequence) OVER (PARTITION BY order_id ORDER BY position)"
                                + " AS before FROM applied) s WHERE sequence <> coalesce(before, -1) + 1"))
                .isZero();
    }

    @Test
    void a_backlog_over_all_partitions_is_applied_once_and_in_order() {
        kafka.send(backlog(400, 10));
        start(this::apply);
        awaitApplied(4000);
        assertAppliedOnceAndInOrder(4000);
    }

    @Test
    void what_waits_in_several_partitions_is_applied_with_one_transaction() {
        CountDownLatch moreWaits = new CountDownLatch(1);
        AtomicInteger partitionsAtOnce = new AtomicInteger();
        start(batch -> {
            apply(batch);
            partitionsAtOnce.accumulateAndGet(partitionsOf(batch), Math::max);
            awaitAll(moreWaits);
        });
        kafka.send(backlog(1, 1));
        kafka.send(backlog(200, 1));
        moreWaits.countDown();
        awaitApplied(201);
        assertAppliedOnceAndInOrder(201);
        assertThat(partitionsAtOnce).hasValueGreaterThan(1);
    }

    private static int partitionsOf(List<EventMessage<?>> batch) {
        return (int) batch.stream()
                .map(event ->
                        ((DomainEventMessage<?>) event).getAggregateIdentifier().getBytes(StandardCharsets.UTF_8))
                .map(key -> Utils.toPositive(Utils.murmur2(key)) % KafkaFixture.PARTITIONS)
                .distinct()
                .count();
    }

    /** What the client asked for beforehand has only the first of it; not always in time is its answer to the next question. */
    @Test
    void what_came_while_a_batch_was_applied_is_one_batch() {
        BlockingQueue<Integer> batches = new LinkedBlockingQueue<>();
        Semaphore goOn = new Semaphore(0);
        start(batch -> {
            batches.add(batch.size());
            goOn.acquireUninterruptibly();
        });
        try {
            await().atMost(PATIENCE).until(() -> {
                kafka.send(backlog(1, 1));
                batches.take();
                kafka.send(backlog(1, 1));
                kafka.send(backlog(1, 1));
                goOn.release();
                int next = batches.take();
                goOn.release();
                if (next == 1) {
                    batches.take();
                    goOn.release();
                }
                return next == 2;
            });
        } finally {
            goOn.release(1_000); // so that the reader can be stopped
        }
    }

    private static void awaitAll(CountDownLatch latch) {
        try {
            assertThat(latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void with_a_limit_little_is_applied_at_once_and_what_fails_comes_again_from_there() {
        AtomicInteger batches = new AtomicInteger();
        AtomicInteger largest = new AtomicInteger();
        PartitionReader<?> reader = start(batch -> {
            largest.accumulateAndGet(batch.size(), Math::max);
            if (batches.incrementAndGet() == 7) {
                throw new InfrastructureException("the database is away");
            }
            apply(batch);
        });
        reader.limit(10);
        kafka.send(backlog(100, 10));
        awaitApplied(1000);
        assertAppliedOnceAndInOrder(1000);
        assertThat(largest).hasValueLessThanOrEqualTo(10);
    }

    @Test
    void the_database_may_be_away_when_partitions_are_assigned_and_later_for_longer_than_any_retry() {
        kafka.send(backlog(100, 2));
        database.goAway();
        PartitionReader<?> reader = start(this::apply);
        await().pollDelay(Duration.ofSeconds(1)).atMost(PATIENCE).until(() -> !reader.isReading());
        database.comeBack();
        awaitApplied(200);
        database.goAway();
        kafka.send(backlog(100, 2));
        await().pollDelay(Duration.ofSeconds(2)).atMost(PATIENCE).until(() -> !reader.isReading());
        database.comeBack();
        awaitApplied(400);
        assertAppliedOnceAndInOrder(400);
    }

    @Test
    void the_stock_subscribable_source_skips_what_fails_while_the_database_is_away() {
        AtomicInteger handled = new AtomicInteger();
        AtomicInteger failed = new AtomicInteger();
        AtomicInteger toFail = new AtomicInteger(50);
        SubscribableKafkaMessageSource<String, byte[]> stock = stockSource();
        try (var subscription = stock.subscribe(batch -> {
            if (toFail.getAndDecrement() > 0) {
                failed.addAndGet(batch.size());
                throw new InfrastructureException("the database is away");
            }
            handled.addAndGet(batch.size());
        })) {
            stock.start();
            kafka.send(backlog(400, 10));
            await().atMost(PATIENCE).until(() -> handled.get() + failed.get() > 0);
            kafka.send(backlog(400, 10));
            stock.close();
            assertThat(subscription).isNotNull();
        }
        assertThat(failed.get()).isPositive();
        assertThat(handled.get()).isLessThan(8000);
    }

    private SubscribableKafkaMessageSource<String, byte[]> stockSource() {
        KafkaMessageConverter<String, byte[]> stockConverter = converter;
        return SubscribableKafkaMessageSource.<String, byte[]>builder()
                .topics(List.of(topic))
                .groupId(name)
                .consumerFactory(new DefaultConsumerFactory<>(Map.of(
                        "bootstrap.servers",
                        TestServers.bootstrapServers(),
                        "auto.offset.reset",
                        "earliest",
                        "key.deserializer",
                        org.apache.kafka.common.serialization.StringDeserializer.class,
                        "value.deserializer",
                        org.apache.kafka.common.serialization.ByteArrayDeserializer.class)))
                .fetcher(AsyncFetcher.<String, byte[], EventMessage<?>>builder().build())
                .messageConverter(stockConverter)
                .build();
    }

    @Test
    void a_failing_event_holds_up_its_own_order_only_and_a_retry_goes_on_in_order() {
        OrderId bad = new OrderId(UUID.randomUUID());
        AtomicInteger repaired = new AtomicInteger();
        PartitionReader<?> reader = start(batch -> {
            for (EventMessage<?> message : batch) {
                DomainEventMessage<?> event = (DomainEventMessage<?>) message;
                if (repaired.get() == 0
                        && event.getAggregateIdentifier().equals(bad.toString())
                        && event.getSequenceNumber() == 1) {
                    throw new IllegalArgumentException("cannot be handled");
                }
            }
            apply(batch);
        });
        List<ProducerRecord<String, byte[]>> records = new ArrayList<>(backlog(50, 2));
        IntStream.range(0, 4).forEach(i -> records.add(confirmed(bad)));
        records.addAll(backlog(50, 2));
        kafka.send(records);

        awaitApplied(201);
        await().atMost(PATIENCE).until(() -> count("SELECT count(*) FROM parked_record") == 3);
        assertAppliedOnceAndInOrder(201);

        TestedParking sequences = new TestedParking(jdbc, database.transactions(), reader);
        assertThat(sequences.retry(name, bad.toString()).released()).isFalse();
        repaired.set(1);
        assertThat(sequences.retry(name, bad.toString()).processed()).isEqualTo(3);
        kafka.send(List.of(confirmed(bad)));
        awaitApplied(205);
        assertAppliedOnceAndInOrder(205);
        assertThat(count("SELECT count(*) FROM parked_sequence")).isZero();
    }

    @Test
    void the_lag_is_what_was_not_applied() {
        AtomicBoolean databaseIsAway = new AtomicBoolean(true);
        PartitionReader<?> reader = start(batch -> {
            if (databaseIsAway.get()) {
                throw new InfrastructureException("the database is away");
            }
            apply(batch);
        });
        kafka.send(backlog(50, 2));
        await().atMost(PATIENCE).until(reader::lag, lag -> lag >= 100);
        assertThat(reader.isReading()).isFalse();
        databaseIsAway.set(false);
        await().atMost(PATIENCE).until(() -> reader.lag() == 0 && reader.isReading());
        assertAppliedOnceAndInOrder(100);
    }

    @Test
    void a_retry_takes_records_in_the_order_of_the_store_whatever_came_first() {
        OrderId order = new OrderId(UUID.randomUUID());
        AtomicInteger repaired = new AtomicInteger();
        PartitionReader<?> reader = start(batch -> {
            if (repaired.get() == 0) {
                throw new IllegalArgumentException("cannot be handled");
            }
            apply(batch);
        });
        // the second event overtakes the first, as one of another topic can
        ProducerRecord<String, byte[]> first = confirmed(order);
        kafka.send(List.of(confirmed(order)));
        await().atMost(PATIENCE).until(() -> count("SELECT count(*) FROM parked_record") == 1);
        jdbc.sql("UPDATE reader_position SET last_index = -1").update();
        kafka.send(List.of(first));
        await().atMost(PATIENCE).until(() -> count("SELECT count(*) FROM parked_record") == 2);
        repaired.set(1);
        new TestedParking(jdbc, database.transactions(), reader).retry(name, order.toString());
        assertAppliedOnceAndInOrder(2);
    }

    @Test
    void a_record_that_is_no_message_is_parked_and_can_be_discarded() {
        PartitionReader<?> reader = start(this::apply);
        kafka.send(List.of(
                new ProducerRecord<>(topic, "stranger", "no event".getBytes(StandardCharsets.UTF_8)),
                confirmed(new OrderId(UUID.randomUUID()))));
        awaitApplied(1);
        await().atMost(PATIENCE).until(() -> count("SELECT count(*) FROM parked_sequence") == 1);

        TestedParking sequences = new TestedParking(jdbc, database.transactions(), reader);
        assertThat(sequences.discardFirst(name, "stranger")).isTrue();
        assertThat(count("SELECT count(*) FROM parked_sequence")).isZero();
        assertThat(count("SELECT count(*) FROM parked_record WHERE discarded_by = 'operator'"))
                .isOne();
    }

    @Test
    void an_event_of_a_newer_release_waits_for_it() {
        start(this::apply);
        ProducerRecord<String, byte[]> newer = confirmed(new OrderId(UUID.randomUUID()));
        newer.headers().remove("ce_type");
        newer.headers().add("ce_type", "OrderGiftWrapped".getBytes(StandardCharsets.UTF_8));
        kafka.send(List.of(newer));
        await().atMost(PATIENCE).until(() -> count("SELECT count(*) FROM parked_sequence WHERE awaiting_release") == 1);
    }

    @Test
    void an_event_of_a_newer_revision_waits_too_and_holds_up_its_own_order_only() {
        start(this::apply);
        OrderId order = new OrderId(UUID.randomUUID());
        ProducerRecord<String, byte[]> newer = confirmed(order);
        newer.headers().remove("ce_revision");
        newer.headers().add("ce_revision", "2".getBytes(StandardCharsets.UTF_8));
        kafka.send(List.of(newer, confirmed(order), confirmed(new OrderId(UUID.randomUUID()))));
        awaitApplied(1);
        await().atMost(PATIENCE).until(() -> count("SELECT count(*) FROM parked_record") == 2);
        assertThat(count("SELECT count(*) FROM parked_sequence WHERE awaiting_release"))
                .isOne();
    }

    @Test
    void what_is_published_again_changes_nothing_also_in_a_topic_made_anew() {
        List<ProducerRecord<String, byte[]>> records = backlog(50, 4);
        PartitionReader<?> first = start(this::apply);
        kafka.send(records);
        kafka.send(records);
        awaitApplied(200);
        first.stop();
        readers.clear();
        kafka.deleteTopic(topic);
        await().atMost(PATIENCE).ignoreExceptions().until(() -> {
            kafka.createTopic(topic);
            return true;
        });
        kafka.send(records);
        kafka.send(backlog(1, 1));
        start(this::apply);
        awaitApplied(201);
        assertAppliedOnceAndInOrder(201);
    }

    @Test
    void a_reader_whose_position_was_moved_by_another_goes_on_from_there() {
        start(this::apply);
        kafka.send(backlog(60, 1));
        awaitApplied(60);
        // somebody sets all positions back: what was applied is dropped, what is new is applied
        jdbc.sql("UPDATE reader_position SET next_offset = 0").update();
        kafka.send(backlog(60, 1));
        awaitApplied(120);
        assertAppliedOnceAndInOrder(120);
    }

    @Test
    void readers_that_come_and_go_apply_each_event_once() {
        PartitionReader<?> first = start(this::apply);
        kafka.send(backlog(200, 5));
        await().atMost(PATIENCE).until(() -> first.partitions() == KafkaFixture.PARTITIONS);
        PartitionReader<?> second = start(this::apply);
        kafka.send(backlog(200, 5));
        await().atMost(PATIENCE)
                .until(() ->
                        second.partitions() > 0 && first.partitions() + second.partitions() == KafkaFixture.PARTITIONS);
        first.stop();
        readers.remove(first);
        kafka.send(backlog(200, 5));
        awaitApplied(3000);
        assertAppliedOnceAndInOrder(3000);
        assertThat(second.isRunning()).isTrue();
    }

    @Test
    void events_of_another_life_of_the_store_stop_the_reader() {
        PartitionReader<?> reader = start(this::apply);
        OrderId order = new OrderId(UUID.randomUUID());
        kafka.send(List.of(confirmed(order)));
        awaitApplied(1);
        PublishedEvents restored = new PublishedEvents();
        kafka.send(List.of(
                restored.next(topic, "Order", order.toString(), new OrderConfirmed(order)),
                restored.next(topic, "Order", order.toString(), new OrderConfirmed(order)),
                restored.next(topic, "Order", order.toString(), new OrderConfirmed(order))));
        await().atMost(PATIENCE).until(() -> !reader.isReading());
        assertThat(count("SELECT count(*) FROM applied")).isOne();
        assertThat(count("SELECT count(*) FROM parked_sequence")).isZero();
    }
}
