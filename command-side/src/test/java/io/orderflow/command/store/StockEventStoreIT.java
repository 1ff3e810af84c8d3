package io.orderflow.command.store;

import static io.orderflow.command.store.TestStore.event;
import static io.orderflow.command.store.TestStore.readOn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.orderflow.messaging.serialization.ContractSerializer;
import io.orderflow.servers.TestServers;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.PostgresEventTableFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One node's commit hangs while another node goes on. Why the stock event store was replaced, and that it had to be. */
class StockEventStoreIT {

    /** Stock forgets gaps that are 10,000 indexes behind; here 10, so that the test need not store as much. */
    private static final int FORGOTTEN = 10;

    @Test
    void oursSeesTheEventWhoseCommitHung() throws Exception {
        try (TestStore store = new TestStore();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                Connection hanging = store.pool().getConnection()) {
            EventStorageEngine engine = store.engine();
            hanging.setAutoCommit(false);
            try (EventInserts inserts = new EventInserts(hanging)) {
                inserts.insert(EventRow.of(List.of(event("hangs", 0)), new ContractSerializer()));
                Future<?> others = threads.submit(() -> appendOthers(engine));
                await().until(() -> store.jdbc()
                        .sql("select exists (select from pg_locks where locktype = 'advisory' and not granted)")
                        .query(Boolean.class)
                        .single());
                List<TrackedEventMessage<?>> seen = new ArrayList<>(readOn(engine, null));
                hanging.commit();
                others.get();
                seen.addAll(readOn(engine, lastToken(seen)));
                assertThat(aggregates(seen)).contains("hangs").hasSize(2 * FORGOTTEN + 1);
            }
        }
    }

    @Test
    void stockSkipsTheEventWhoseCommitHung() throws Exception {
        try (HikariDataSource pool = pool();
                Connection hanging = pool.getConnection()) {
            EventStorageEngine others = stock(pool);
            hanging.setAutoCommit(false);
            stock(hanging).appendEvents(event("hangs", 0));
            appendOthers(others);
            List<TrackedEventMessage<?>> seen = new ArrayList<>(readOn(others, null));
            hanging.commit();
            seen.addAll(readOn(others, lastToken(seen)));
            assertThat(aggregates(seen)).doesNotContain("hangs").hasSize(2 * FORGOTTEN);
            assertThat(others.lastSequenceNumberFor("hangs")).contains(0L); // it is stored, and no reader will see it
        }
    }

    private static void appendOthers(EventStorageEngine engine) {
        for (int i = 0; i < 2 * FORGOTTEN; i++) {
            engine.appendEvents(event("other-" + i, 0));
        }
    }

    private static @Nullable TrackingToken lastToken(List<TrackedEventMessage<?>> seen) {
        return seen.isEmpty() ? null : seen.getLast().trackingToken();
    }

    private static List<String> aggregates(List<TrackedEventMessage<?>> events) {
        return events.stream()
                .map(event -> ((DomainEventMessage<?>) event).getAggregateIdentifier())
                .toList();
    }

    private static HikariDataSource pool() {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(TestServers.newDatabase());
        pool.setUsername(TestServers.databaseUser());
        pool.setPassword(TestServers.databasePassword());
        pool.setMaximumPoolSize(4);
        return pool;
    }

    private static EventStorageEngine stock(HikariDataSource pool) {
        JdbcEventStorageEngine engine = stockBuilder(pool::getConnection);
        engine.createSchema(PostgresEventTableFactory.INSTANCE);
        return engine;
    }

    /** A node whose commits are ours to make. */
    private static EventStorageEngine stock(Connection connection) {
        return stockBuilder(() -> withoutCommit(connection));
    }

    private static Connection withoutCommit(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                StockEventStoreIT.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "commit", "close", "setAutoCommit" -> null;
                    default -> method.invoke(connection, arguments);
                });
    }

    private static JdbcEventStorageEngine stockBuilder(ConnectionSource source) {
        ContractSerializer serializer = new ContractSerializer();
        return JdbcEventStorageEngine.builder()
                .connectionProvider(source::open)
                .transactionManager(NoTransactionManager.INSTANCE)
                .eventSerializer(serializer)
                .snapshotSerializer(serializer)
                .maxGapOffset(FORGOTTEN)
                .build();
    }

    @FunctionalInterface
    private interface ConnectionSource {
        Connection open() throws SQLException;
    }
}
