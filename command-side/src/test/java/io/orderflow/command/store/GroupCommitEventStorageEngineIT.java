package io.orderflow.command.store;

import static io.orderflow.command.store.TestStore.event;
import static io.orderflow.command.store.TestStore.limits;
import static io.orderflow.command.store.TestStore.readOn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderflow.api.order.OrderEvent.OrderShipped;
import io.orderflow.api.shipping.CarrierName;
import io.orderflow.messaging.serialization.UnknownMessageTypeException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.axonframework.serialization.LazyDeserializingObject;
import org.axonframework.serialization.SerializedMessage;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SimpleSerializedObject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class GroupCommitEventStorageEngineIT {

    private final TestStore store = new TestStore();
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void close() throws Exception {
        callers.shutdownNow();
        store.close();
    }

    private Future<?> append(EventStorageEngine engine, DomainEventMessage<?>... events) {
        return callers.submit(() -> engine.appendEvents(events));
    }

    private List<Future<?>> appendMany(int count, String prefix, EventStorageEngine engine) {
        return IntStream.range(0, count)
                .<Future<?>>mapToObj(i -> append(engine, event(prefix + i, 0), event(prefix + i, 1)))
                .toList();
    }

    private static @Nullable Throwable failureOf(Future<?> append) {
        try {
            append.get();
            return null;
        } catch (Exception e) {
            return e.getCause();
        }
    }

    @Nested
    class Storing {

        @Test
        void whatTwoNodesAppendAtOnceATailingReaderSeesOnceAndInIndexOrder() throws Exception {
            EventStorageEngine one = store.engine();
            EventStorageEngine other = store.engine();
            List<TrackedEventMessage<?>> seen = new ArrayList<>();
            AtomicBoolean done = new AtomicBoolean();
            Future<?> reader = callers.submit(() -> {
                TrackingToken token = null;
                boolean last = false;
                while (!last) {
                    last = done.get();
                    List<TrackedEventMessage<?>> news = readOn(one, token);
                    seen.addAll(news);
                    token = news.isEmpty() ? token : news.getLast().trackingToken();
                }
            });
            List<Future<?>> appends = new ArrayList<>(appendMany(1000, "one-", one));
            appends.addAll(appendMany(1000, "other-", other));
            for (Future<?> append : appends) {
                append.get();
            }
            done.set(true);
            reader.get();

            assertThat(seen).hasSize(4000).doesNotHaveDuplicates();
            assertThat(seen.stream()
                            .map(event -> ((GlobalSequenceTrackingToken) event.trackingToken()).getGlobalIndex()))
                    .isSorted()
                    .doesNotHaveDuplicates();
        }

        @Test
        void aTimestampIsNeverBeforeItsPredecessorsWhateverTheClockSays() {
            EventStorageEngine engine = store.engine();
            storedWithClocksThatDiffer(engine, engine, engine);
        }

        @Test
        void norBeforeThatOfAnEventFromAnotherNode() {
            EventStorageEngine one = store.engine();
            storedWithClocksThatDiffer(one, store.engine(), one);
        }

        private void storedWithClocksThatDiffer(
                EventStorageEngine one, EventStorageEngine two, EventStorageEngine three) {
            Instant noon = Instant.parse("2026-05-04T12:00:00Z");
            one.appendEvents(at(0, noon));
            two.appendEvents(at(1, noon.minusSeconds(10)), at(2, noon.minusSeconds(20)), at(3, noon.plusSeconds(1)));
            three.appendEvents(at(4, noon));
            three.appendEvents(at(5, noon.plusSeconds(2)));

            assertThat(one.readEvents("an order").asStream().map(DomainEventMessage::getTimestamp))
                    .containsExactly(noon, noon, noon, noon.plusSeconds(1), noon.plusSeconds(1), noon.plusSeconds(2));
        }

        private DomainEventMessage<?> at(long sequence, Instant time) {
            DomainEventMessage<String> event = event("an order", sequence);
            return new GenericDomainEventMessage<>("Order", "an order", sequence, event, () -> time);
        }

        @Test
        void anEventThatNoRecordCouldCarryIsRefused() {
            assertThatThrownBy(() -> store.engine().appendEvents(event("a", 0, "x".repeat(300_000))))
                    .isInstanceOf(EventTooLarge.class);
            assertThat(store.storedEvents()).isZero();
        }

        @Test
        void tokensPointBeforeTheFirstAndAtTheLastEvent() {
            EventStorageEngine engine = store.engine();
            engine.appendEvents(event("a", 0));
            engine.appendEvents(event("a", 1));
            assertThat(readOn(engine, engine.createTailToken())).hasSize(2);
            assertThat(readOn(engine, engine.createHeadToken())).isEmpty();
            assertThat(readOn(engine, engine.createTokenAt(Instant.EPOCH))).hasSize(2);
            assertThat(engine.lastSequenceNumberFor("a")).contains(1L);
            assertThat(engine.lastSequenceNumberFor("b")).isEmpty();
        }

        @Test
        void theNewestSnapshotIsKept() {
            EventStorageEngine engine = store.engine();
            engine.storeSnapshot(event("a", 7, "newer"));
            engine.storeSnapshot(event("a", 3, "older"));
            assertThat(engine.readSnapshot("a").orElseThrow().getSequenceNumber())
                    .isEqualTo(7);
            assertThat(engine.readSnapshot("b")).isEmpty();
        }
    }

    @Nested
    class Revisions {

        private static final String SHIPPED_IN_REVISION_1 =
                "{\"orderId\":\"0199f3d2-5c3a-7b1e-9a4e-3f0c8d1e2a11\",\"trackingNumber\":\"T-1\"}";

        private final GroupCommitEventStorageEngine engine = store.engine();

        private void storeAs(String revision) {
            SerializedObject<byte[]> payload = new SimpleSerializedObject<>(
                    SHIPPED_IN_REVISION_1.getBytes(StandardCharsets.UTF_8), byte[].class, "OrderShipped", revision);
            engine.appendEvents(new GenericDomainEventMessage<>(
                    "Order",
                    "an order",
                    0,
                    new SerializedMessage<>(
                            "an event",
                            new LazyDeserializingObject<>(payload, engine.getEventSerializer()),
                            new LazyDeserializingObject<>(MetaData.emptyInstance())),
                    Instant::now));
        }

        @Test
        void anAggregateReadsAnEventOfAnEarlierRevisionInTodays() {
            storeAs("1");
            assertThat(engine.readEvents("an order").asStream().map(DomainEventMessage::getPayload))
                    .singleElement()
                    .isInstanceOfSatisfying(
                            OrderShipped.class,
                            shipped -> assertThat(shipped.carrier()).isEqualTo(CarrierName.FIRST));
        }

        @Test
        void theRelayReadsTheBytesThatWereStored() {
            storeAs("1");
            SerializedObject<String> read = engine.readAsStored(-1)
                    .findFirst()
                    .orElseThrow()
                    .serializePayload(engine.getEventSerializer(), String.class);
            assertThat(read.getData()).isEqualTo(SHIPPED_IN_REVISION_1);
            assertThat(read.getType().getRevision()).isEqualTo("1");
        }

        @Test
        void nothingIsDecidedWithoutAnEventOfANewerRelease() {
            storeAs("3");
            assertThatThrownBy(() -> engine.readEvents("an order").asStream().toList())
                    .isInstanceOf(UnknownMessageTypeException.class)
                    .hasMessageContaining("install a newer one");
        }
    }

    @Nested
    class Conflicts {

        @Test
        void aConflictFailsOnlyTheLoserOfAGroup() {
            EventStorageEngine engine = store.engine();
            engine.appendEvents(event("taken", 0));
            List<Future<?>> winners = appendMany(200, "free-", engine);
            Future<?> created = append(engine, event("taken", 0));
            Future<?> overtaken = append(engine, event("taken", 0), event("taken", 1));
            List<Future<?>> more = appendMany(200, "more-", engine);

            assertThat(failureOf(created)).isInstanceOf(AggregateStreamCreationException.class);
            assertThat(failureOf(overtaken)).isInstanceOf(AggregateStreamCreationException.class);
            assertThat(winners)
                    .allSatisfy(append -> assertThat(failureOf(append)).isNull());
            assertThat(more).allSatisfy(append -> assertThat(failureOf(append)).isNull());
            assertThat(store.storedEvents()).isEqualTo(801);
        }

        @Test
        void theSlowerOfTwoIsToldSo() {
            EventStorageEngine engine = store.engine();
            engine.appendEvents(event("an order", 0));
            store.engine().appendEvents(event("an order", 1));
            assertThatThrownBy(() -> engine.appendEvents(event("an order", 1)))
                    .isInstanceOf(ConcurrencyException.class);
        }

        @Test
        void whatHappensOnceOnlyIsRefusedForItsIdAndNotAsAConflict() {
            EventStorageEngine engine = store.engine();
            DomainEventMessage<String> first =
                    new GenericDomainEventMessage<>("StockItem", "a product", 0, "reserved for an order's line");
            engine.appendEvents(first);
            DomainEventMessage<String> again = new GenericDomainEventMessage<>(
                    "StockItem", "a product", 1, first.getPayload(), Map.of(), first.getIdentifier(), Instant.now());
            Future<?> alone = append(engine, again);
            List<Future<?>> others = appendMany(100, "other-", engine);

            assertThat(failureOf(alone)).isInstanceOf(HappenedBefore.class);
            assertThat(others)
                    .allSatisfy(append -> assertThat(failureOf(append)).isNull());
            assertThat(engine.lastSequenceNumberFor("a product")).contains(0L);
        }

        @Test
        void dataThatPostgresCannotStoreFailsAlone() {
            EventStorageEngine engine = store.engine();
            List<Future<?>> before = appendMany(100, "before-", engine);
            Future<?> broken = append(engine, event("zero \u0000 in the middle", 0));
            List<Future<?>> after = appendMany(100, "after-", engine);

            assertThat(failureOf(broken)).isExactlyInstanceOf(EventStoreException.class);
            assertThat(before)
                    .allSatisfy(append -> assertThat(failureOf(append)).isNull());
            assertThat(after).allSatisfy(append -> assertThat(failureOf(append)).isNull());
            assertThat(store.storedEvents()).isEqualTo(400);
        }
    }

    @Nested
    class LosingTheConnection {

        private CuttableProxy proxy() throws Exception {
            return new CuttableProxy(store.connections().url());
        }

        private PostgresConnections through(CuttableProxy proxy) {
            return new PostgresConnections(
                    proxy.jdbcUrl(),
                    store.connections().user(),
                    store.connections().password());
        }

        @Test
        void afterTheCommitButBeforeTheAnswerFailsNobodyAndDoublesNothing() throws Exception {
            try (CuttableProxy proxy = proxy()) {
                EventStorageEngine engine = store.engine(through(proxy));
                engine.appendEvents(event("warm", 0));
                for (int cut = 0; cut < 3; cut++) {
                    proxy.swallowAnswers(1);
                    List<Future<?>> appends = appendMany(100, "cut-" + cut + "-", engine);
                    assertThat(appends)
                            .allSatisfy(append -> assertThat(failureOf(append)).isNull());
                    assertThat(proxy.answersLeftToSwallow()).isZero();
                }
                assertThat(store.storedEvents()).isEqualTo(601);
            }
        }

        @Test
        void byTheServersHandFailsNobodyAndDoublesNothing() {
            EventStorageEngine engine = store.engine();
            List<Future<?>> appends = new ArrayList<>();
            for (int round = 0; round < 10; round++) {
                appends.addAll(appendMany(50, "round-" + round + "-", engine));
                store.jdbc()
                        .sql("select pg_terminate_backend(pid) from pg_stat_activity"
                                + " where application_name = 'orderflow event store' and datname = current_database()")
                        .query(Boolean.class)
                        .list();
            }
            assertThat(appends)
                    .allSatisfy(append -> assertThat(failureOf(append)).isNull());
            assertThat(store.storedEvents()).isEqualTo(1000);
        }

        @Test
        void aConflictIsToldFromOwnRowsThatWereStoredBeforeTheCut() throws Exception {
            try (CuttableProxy proxy = proxy()) {
                EventStorageEngine engine = store.engine(through(proxy));
                engine.appendEvents(event("taken", 0));
                proxy.swallowAnswers(1);
                Future<?> mine = append(engine, event("mine", 0));
                assertThat(failureOf(mine)).isNull();
                assertThatThrownBy(() -> engine.appendEvents(event("taken", 0)))
                        .isInstanceOf(AggregateStreamCreationException.class);
                assertThat(store.storedEvents()).isEqualTo(2);
            }
        }

        @Test
        void forLongerThanTheLimitBeforeAnythingWasSentIsUnavailable() throws Exception {
            try (CuttableProxy proxy = proxy()) {
                EventStorageEngine engine = store.engine(through(proxy), limits(Duration.ofSeconds(1)));
                proxy.down();
                assertThatThrownBy(() -> engine.appendEvents(event("a", 0))).isInstanceOf(StoreUnavailable.class);
                proxy.up();
                engine.appendEvents(event("b", 0));
                assertThat(store.storedEvents()).isEqualTo(1);
            }
        }

        @Test
        void forLongerThanTheLimitAfterItWasSentIsAnUnknownOutcome() throws Exception {
            try (CuttableProxy proxy = proxy()) {
                EventStorageEngine engine = store.engine(through(proxy), limits(Duration.ofSeconds(1)));
                engine.appendEvents(event("a", 0));
                proxy.goDownAtNextAnswer();
                assertThatThrownBy(() -> engine.appendEvents(event("an order", 0)))
                        .isInstanceOfSatisfying(
                                OutcomeUnknown.class,
                                unknown -> assertThat(unknown.aggregateIdentifier())
                                        .isEqualTo("an order"));
                assertThat(store.storedEvents()).isEqualTo(2);
            }
        }
    }

    @Nested
    class Closing {

        @Test
        void strandsNobody() {
            GroupCommitEventStorageEngine engine = store.engine();
            List<Future<?>> appends = appendMany(500, "last-", engine);
            engine.close();
            long stored = appends.stream()
                    .map(GroupCommitEventStorageEngineIT::failureOf)
                    .filter(failure -> {
                        assertThat(failure)
                                .satisfiesAnyOf(
                                        none -> assertThat(none).isNull(),
                                        refused -> assertThat(refused).isInstanceOf(StoreUnavailable.class));
                        return failure == null;
                    })
                    .count();
            assertThat(store.storedEvents()).isEqualTo(2 * stored);
            assertThatThrownBy(() -> engine.appendEvents(event("late", 0))).isInstanceOf(StoreUnavailable.class);
        }

        @Test
        void strandsNobodyWhileTheDatabaseIsAway() throws Exception {
            GroupCommitEventStorageEngine engine = store.engine(
                    new PostgresConnections("jdbc:postgresql://127.0.0.1:1/nowhere", null, null),
                    limits(Duration.ofSeconds(1)));
            List<Future<?>> appends = appendMany(20, "lost-", engine);
            engine.close();
            assertThat(appends)
                    .allSatisfy(append -> assertThat(failureOf(append)).isInstanceOf(StoreUnavailable.class));
        }
    }
}
