package io.orderflow.command.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderflow.messaging.serialization.ContractSerializer;
import io.orderflow.servers.TestServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.unit.DataSize;

/** A fresh database with our tables, and as many nodes' engines on it as a test wants. */
public final class TestStore implements AutoCloseable {

    private final PostgresConnections connections;
    private final HikariDataSource pool;
    private final List<AutoCloseable> engines = new ArrayList<>();

    public TestStore() {
        this(TestServers.newDatabase());
    }

    private TestStore(String url) {
        connections = new PostgresConnections(url, TestServers.databaseUser(), TestServers.databasePassword());
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(TestServers.databaseUser());
        config.setPassword(TestServers.databasePassword());
        config.setMaximumPoolSize(4);
        config.setConnectionTimeout(10_000);
        pool = new HikariDataSource(config);
        Flyway.configure()
                .dataSource(pool)
                .locations("classpath:db/migration/messaging", "classpath:db/migration/command")
                .load()
                .migrate();
    }

    public PostgresConnections connections() {
        return connections;
    }

    public HikariDataSource pool() {
        return pool;
    }

    public JdbcClient jdbc() {
        return JdbcClient.create(pool);
    }

    /** Another node. */
    public GroupCommitEventStorageEngine engine() {
        return engine(connections);
    }

    GroupCommitEventStorageEngine engine(PostgresConnections way) {
        return engine(way, limits(Duration.ofSeconds(5)));
    }

    GroupCommitEventStorageEngine engine(PostgresConnections way, StoreProperties properties) {
        ContractSerializer serializer = new ContractSerializer();
        var engine = GroupCommitEventStorageEngine.create(
                way, pool, serializer, serializer, properties, new SimpleMeterRegistry());
        engines.add(engine);
        return engine;
    }

    static StoreProperties limits(Duration limit) {
        return new StoreProperties(limit, 4096, 1000, DataSize.ofKilobytes(256), 100);
    }

    /** An event that says little. */
    public static DomainEventMessage<String> event(String aggregate, long sequence) {
        return event(aggregate, sequence, "something happened");
    }

    static DomainEventMessage<String> event(String aggregate, long sequence, String payload) {
        return new GenericDomainEventMessage<>("Order", aggregate, sequence, payload);
    }

    /** Everything that a reader finds who asks for what is above the last index it has seen. */
    static List<TrackedEventMessage<?>> readOn(EventStorageEngine engine, @Nullable TrackingToken from) {
        try (var events = engine.readEvents(from, false)) {
            return new ArrayList<>(events.toList());
        }
    }

    long storedEvents() {
        return jdbc().sql("select count(*) from domain_event_entry")
                .query(Long.class)
                .single();
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable engine : engines) {
            engine.close();
        }
        pool.close();
    }
}
