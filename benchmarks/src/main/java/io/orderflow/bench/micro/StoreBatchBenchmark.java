package io.orderflow.bench.micro;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderflow.command.store.GroupCommitEventStorageEngine;
import io.orderflow.command.store.PostgresConnections;
import io.orderflow.command.store.StoreProperties;
import io.orderflow.messaging.serialization.ContractSerializer;
import io.orderflow.proof.system.Folders;
import io.orderflow.servers.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.flywaydb.core.Flyway;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.springframework.util.unit.DataSize;

/** One unit of work on its way to the disk of a PostgreSQL, with so many events. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class StoreBatchBenchmark {

    private static final String DATABASE = "micro";

    @Param({"1", "100", "1000"})
    private int events;

    private final Path folder;
    private final PostgresServer server;
    private final HikariDataSource pool = new HikariDataSource();
    private final GroupCommitEventStorageEngine engine;

    public StoreBatchBenchmark() {
        try {
            folder = Files.createTempDirectory("orderflow-micro");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        server = PostgresServer.start(folder);
        server.createDatabase(DATABASE);
        String url = server.jdbcUrl(DATABASE);
        pool.setJdbcUrl(url);
        pool.setUsername(PostgresServer.USER);
        Flyway.configure()
                .dataSource(pool)
                .locations("classpath:db/migration/messaging", "classpath:db/migration/command")
                .load()
                .migrate();
        engine = engine(new PostgresConnections(url, PostgresServer.USER, ""));
    }

    private GroupCommitEventStorageEngine engine(PostgresConnections connections) {
        ContractSerializer serializer = new ContractSerializer();
        StoreProperties limits =
                new StoreProperties(Duration.ofSeconds(5), 4096, 1000, DataSize.ofKilobytes(256), 2000);
        return GroupCommitEventStorageEngine.create(
                connections, pool, serializer, serializer, limits, new SimpleMeterRegistry());
    }

    @Benchmark
    public void append() {
        List<DomainEventMessage<?>> unit = IntStream.range(0, events)
                .<DomainEventMessage<?>>mapToObj(number -> Sample.placed())
                .toList();
        engine.appendEvents(unit);
    }

    @TearDown
    public void stop() {
        engine.close();
        pool.close();
        server.close();
        Folders.delete(folder);
    }
}
