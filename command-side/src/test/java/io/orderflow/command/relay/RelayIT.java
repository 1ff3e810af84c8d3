package io.orderflow.command.relay;

import static io.orderflow.command.store.TestStore.event;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderflow.command.store.GroupCommitEventStorageEngine;
import io.orderflow.command.store.StoreEpoch;
import io.orderflow.command.store.TestStore;
import io.orderflow.messaging.cloudevents.CloudEventConverter;
import io.orderflow.messaging.config.KafkaClients;
import io.orderflow.messaging.config.KafkaSettings;
import io.orderflow.messaging.config.Topics;
import io.orderflow.messaging.config.Topics.WrongPartitionsException;
import io.orderflow.messaging.pulse.Beat;
import io.orderflow.messaging.pulse.Pulse;
import io.orderflow.messaging.serialization.ContractSerializer;
import io.orderflow.servers.KafkaServer;
import io.orderflow.servers.TestServers;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.extensions.kafka.eventhandling.producer.KafkaPublisher;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RelayIT {

    /** Given up on by the client within a second: shorter than Kafka is away below. */
    private static final Map<String, String> IMPATIENT = Map.of(
            "delivery.timeout.ms", "1000", "request.timeout.ms", "800", "max.block.ms", "1500", "linger.ms", "0");

    private static final Duration SOON = Duration.ofSeconds(40);

    private static KafkaServer kafka;

    private final TestStore store = new TestStore();
    private final GroupCommitEventStorageEngine engine = store.engine();
    private final ContractSerializer serializer = new ContractSerializer();
    private final StoreEpoch epoch = new StoreEpoch(store.jdbc());
    private final List<Relay> relays = new ArrayList<>();

    @BeforeAll
    static void startKafka() {
        kafka = KafkaServer.start(TestServers.temporaryFolder());
    }

    @AfterAll
    static void stopKafka() {
        kafka.close();
    }

    /** The next test has another store: topics of this one would not be its. */
    @AfterEach
    void stop() throws Exception {
        relays.forEach(Relay::stop);
        store.close();
        try (Admin admin = clients(12).admin()) {
            List<String> published = List.of(Topics.ORDERS, Topics.INVENTORY);
            if (admin.listTopics().names().get().containsAll(published)) {
                admin.deleteTopics(published).all().get();
            }
        }
    }

    private static KafkaClients clients(int partitions) {
        return new KafkaClients(new KafkaSettings(kafka.bootstrapServers(), partitions, (short) -1, IMPATIENT));
    }

    private Relay relay() {
        Relay relay = relay(clients(12));
        relay.start();
        return relay;
    }

    private Relay relay(KafkaClients clients) {
        Relay relay = new Relay(
                store.connections(),
                engine,
                clients,
                new CloudEventConverter(serializer, epoch),
                new RelayProperties(50, Duration.ZERO, Duration.ZERO, Duration.ofMillis(200), Duration.ofSeconds(10)),
                new SimpleMeterRegistry());
        relays.add(relay);
        return relay;
    }

    private void append(int count) {
        String prefix = UUID.randomUUID().toString();
        IntStream.range(0, count).forEach(i -> engine.appendEvents(event(prefix + i, 0), event(prefix + i, 1)));
    }

    private List<Long> stored() {
        return store.jdbc()
                .sql("select global_index from domain_event_entry order by 1")
                .query(Long.class)
                .list();
    }

    /** Indexes of this store's events as a reader of committed records finds them, by partition. */
    private Map<Integer, List<Long>> published() {
        return committed(Topics.ORDERS)
                .filter(received -> epoch.get().toString().equals(header(received, "ce_epoch")))
                .collect(groupingBy(
                        ConsumerRecord::partition,
                        mapping(received -> Long.valueOf(header(received, "ce_globalindex")), toList())));
    }

    private static Stream<ConsumerRecord<String, byte[]>> committed(String topic) {
        List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
        try (Consumer<String, byte[]> consumer = clients(12).consumer("relay-it")) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(found::add);
            }
        }
        return found.stream();
    }

    private static String header(ConsumerRecord<?, ?> received, String name) {
        var header = received.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    private void awaitAllPublishedOnceInOrder() {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(published().values().stream().flatMap(List::stream))
                        .containsExactlyInAnyOrderElementsOf(stored()));
        assertThat(published().values())
                .allSatisfy(partition -> assertThat(partition).isSorted());
    }

    @Test
    void publishesWhatAClockFarAheadHasDated() {
        String order = UUID.randomUUID().toString();
        Instant tomorrow = Instant.now().plus(Duration.ofDays(1));
        engine.appendEvents(
                new GenericDomainEventMessage<>("Order", order, 0, "early", Map.of(), order, tomorrow),
                event(order, 1));
        relay();
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(store.jdbc()
                                .sql("select position from relay_position")
                                .query(Long.class)
                                .single())
                        .isEqualTo(stored().getLast()));
    }

    @Test
    void saysThatEverythingIsPublishedOnlyWhenItIs() throws Exception {
        append(10);
        Relay relay = relay();
        try (Admin admin = clients(12).admin()) {
            await().atMost(SOON).until(() -> beat(admin).isPresent());
            Beat seen = beat(admin).orElseThrow();
            append(10);
            await().atMost(SOON).until(() -> hasBeatenAfter(seen, admin));
            assertThat(store.jdbc()
                            .sql("select position from relay_position")
                            .query(Long.class)
                            .single())
                    .isEqualTo(stored().getLast());

            relay.stop();
            Beat last = beat(admin).orElseThrow();
            relay();
            await().atMost(SOON).until(() -> hasBeatenAfter(last, admin));
        }
    }

    /** The broker forgets beats of a topic that was deleted, also somewhat later: then there is none until the next. */
    private static boolean hasBeatenAfter(Beat earlier, Admin admin) throws Exception {
        return beat(admin).filter(beat -> beat.beganAfter(earlier)).isPresent();
    }

    private static Optional<Beat> beat(Admin admin) throws Exception {
        return new Pulse(Topics.ORDERS).last(admin, SOON);
    }

    @Test
    void eventsStoredBeforeTheFirstStartArePublished() {
        append(200);
        relay();
        awaitAllPublishedOnceInOrder();
    }

    @Test
    void anEventIsPublishedWhenItIsStored() {
        relay();
        append(20);
        awaitAllPublishedOnceInOrder();
    }

    @Test
    void publishingAgainIsMovingThePositionBack() {
        append(30);
        relay();
        awaitAllPublishedOnceInOrder();
        new RelayPosition(store.jdbc()).moveToTheBeginning();
        await().atMost(SOON)
                .until(() -> published().values().stream().mapToInt(List::size).sum() == 120);
    }

    @Test
    void topicsThatWereLostGetEverythingAgain() throws Exception {
        append(40);
        relay();
        awaitAllPublishedOnceInOrder();
        try (Admin admin = clients(12).admin()) {
            admin.deleteTopics(List.of(Topics.ORDERS, Topics.INVENTORY)).all().get();
        }
        append(40);
        await().atMost(SOON)
                .ignoreExceptions() // while they are not there
                .until(() -> !published().isEmpty());
        awaitAllPublishedOnceInOrder();
    }

    @Test
    void afterKafkaWasAwayForLongerThanTheClientsPatienceAllIsPublishedOnceAndInOrder() {
        relay();
        append(20);
        awaitAllPublishedOnceInOrder();
        kafka.stop();
        Instant back = Instant.now().plusSeconds(4);
        while (Instant.now().isBefore(back)) {
            append(5); // orders are accepted all the same
        }
        kafka.start();
        awaitAllPublishedOnceInOrder();
    }

    @Test
    void oneOfTwoPublishesAndTheOtherTakesOverWhenItsConnectionIsLost() {
        Relay one = relay();
        Relay other = relay();
        append(50);
        await().atMost(SOON).until(() -> one.isLeading() != other.isLeading());
        for (int round = 0; round < 3; round++) {
            append(50);
            store.jdbc()
                    .sql("select pg_terminate_backend(pid) from pg_locks join pg_stat_activity using (pid)"
                            + " where locktype = 'advisory' and application_name = 'orderflow relay'"
                            + " and datname = current_database()")
                    .query(Boolean.class)
                    .list();
            append(50);
        }
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(published().values().stream()
                                .flatMap(List::stream)
                                .distinct())
                        .containsExactlyInAnyOrderElementsOf(stored()));
        assertThat(published().values())
                .allSatisfy(partition -> assertThat(firstOccurrences(partition)).isSorted());
    }

    // what a reader applies that drops what is not above the highest index it has seen
    private static List<Long> firstOccurrences(List<Long> partition) {
        return partition.stream().distinct().toList();
    }

    @Test
    void aRecordThatTheBrokerRefusesHoldsBackAllBehindItAndNothingIsLost() throws Exception {
        createTopicOfSmallRecords(Topics.ORDERS);
        Relay relay = relay();
        await().atMost(SOON).until(relay::isLeading);
        append(5);
        engine.appendEvents(large("too large"));
        append(50);
        // the ones before may be in an earlier batch; nothing behind the refused one may overtake it
        long refused = store.jdbc()
                .sql("select global_index from domain_event_entry where aggregate_identifier = 'too large'")
                .query(Long.class)
                .single();
        await().atMost(SOON).until(() -> !relay.isLeading()); // it failed and pauses
        assertThat(published().values().stream().flatMap(List::stream)).allMatch(index -> index < refused);
        allowLargeRecords(Topics.ORDERS);
        awaitAllPublishedOnceInOrder();
    }

    @Test
    void theStockPublisherLosesARecordThatTheBrokerRefuses() throws Exception {
        String topic = "stock-" + UUID.randomUUID();
        createTopicOfSmallRecords(topic);
        KafkaPublisher<String, byte[]> stock = KafkaPublisher.<String, byte[]>builder()
                .producerFactory(clients(12).producers(Map.of()))
                .messageConverter(new CloudEventConverter(serializer, epoch))
                .topicResolver(any -> Optional.of(topic))
                .build();
        send(stock, event("before", 0));
        send(stock, large("too large"));
        send(stock, event("after", 0));
        stock.shutDown();

        assertThat(committed(topic).map(ConsumerRecord::key)).containsExactlyInAnyOrder("before", "after");
    }

    private static void send(KafkaPublisher<String, byte[]> publisher, EventMessage<?> event) {
        DefaultUnitOfWork.startAndGet(event).execute(() -> publisher.send(event));
    }

    private static DomainEventMessage<String> large(String aggregate) {
        byte[] incompressible = new byte[20_000];
        new Random(7).nextBytes(incompressible);
        return new GenericDomainEventMessage<>(
                "Order", aggregate, 0, Base64.getEncoder().encodeToString(incompressible));
    }

    /** With its limit from the beginning: a broker may take records for a while before it heeds a changed one. */
    private static void createTopicOfSmallRecords(String topic) throws Exception {
        NewTopic small =
                new NewTopic(topic, 12, (short) 1).configs(Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, "2000"));
        try (Admin admin = clients(12).admin()) {
            admin.createTopics(List.of(small)).all().get();
        }
    }

    private static void allowLargeRecords(String topic) throws Exception {
        ConfigEntry limit = new ConfigEntry(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, "1000000");
        try (Admin admin = clients(12).admin()) {
            admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.TOPIC, topic),
                            List.of(new AlterConfigOp(limit, AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
        }
    }

    @Test
    void aFrozenLeaderLosesItsClaim() throws Exception {
        try (RelaySession frozen = RelaySession.open(store.connections(), "commits", Duration.ofMillis(500));
                RelaySession other = RelaySession.open(store.connections(), "commits", Duration.ofSeconds(10))) {
            assertThat(frozen.lead()).isTrue();
            await().atMost(SOON).until(other::lead);
            assertThatThrownBy(frozen::position).isInstanceOf(SQLException.class);
        }
    }

    @Test
    void itDoesNotWaitLongForAKafkaThatIsAway() {
        KafkaClients nobody = new KafkaClients(new KafkaSettings("127.0.0.1:1", 12, (short) -1, Map.of()));
        Relay relay = relay(nobody);
        Instant begun = Instant.now();
        relay.start();
        assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(4));
    }

    @Test
    void itRefusesToStartOnTopicsWithAnotherNumberOfPartitions() {
        Relay right = relay();
        await().atMost(SOON).until(right::isLeading);
        assertThatThrownBy(() -> relay(clients(6)).start())
                .isInstanceOf(WrongPartitionsException.class)
                .hasMessageContaining("orderflow.kafka.partitions");
    }
}
