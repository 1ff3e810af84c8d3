package io.orderflow.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * One PostgreSQL and one Kafka for all tests of a JVM, started when first asked for: containers where Docker answers,
 * else embedded servers on folders that are deleted at the end.
 */
public final class TestServers {

    /** The same as in docker-compose.yml. */
    public static final String POSTGRES_IMAGE = "postgres:18.6";

    /** The same as in docker-compose.yml. */
    public static final String KAFKA_IMAGE = "apache/kafka:4.2.1";

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private TestServers() {}

    /** The JDBC URL of a new, empty database. */
    public static String newDatabase() {
        String name = "test_" + DATABASES.incrementAndGet();
        try (Connection connection = DriverManager.getConnection(
                        Postgres.RUNNING.url("postgres"), databaseUser(), databasePassword());
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return Postgres.RUNNING.url(name);
    }

    public static String databaseUser() {
        return PostgresServer.USER;
    }

    public static String databasePassword() {
        return "orderflow";
    }

    /** Where Kafka's clients connect. The broker makes no topics by itself. */
    public static String bootstrapServers() {
        return Kafka.BOOTSTRAP;
    }

    /** A new folder, deleted when this JVM ends. */
    public static Path temporaryFolder() {
        Path folder = newFolder();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
        return folder;
    }

    private static boolean dockerAnswers() {
        return DockerClientFactory.instance().isDockerAvailable();
    }

    private static final class Postgres {

        static final Postgres RUNNING = dockerAnswers() ? container() : embedded();

        private final String prefix;

        private Postgres(String prefix) {
            this.prefix = prefix;
        }

        String url(String database) {
            return prefix + database;
        }

        @SuppressWarnings("resource") // Testcontainers removes it when this JVM is gone
        private static Postgres container() {
            PostgreSQLContainer container = new PostgreSQLContainer(POSTGRES_IMAGE)
                    .withUsername(databaseUser())
                    .withPassword(databasePassword())
                    .withCommand("postgres", "-c", "fsync=off", "-c", "max_connections=200");
            container.start();
            return new Postgres("jdbc:postgresql://" + container.getHost() + ":" + container.getMappedPort(5432) + "/");
        }

        private static Postgres embedded() {
            Path folder = newFolder();
            // no test pulls the plug of this server, so it need not wait for the disk
            PostgresServer server = PostgresServer.start(folder, FreePort.choose(), Map.of("fsync", "off"));
            atExit(server, folder);
            return new Postgres(server.jdbcUrl(""));
        }
    }

    private static final class Kafka {

        static final String BOOTSTRAP = dockerAnswers() ? container() : embedded();

        @SuppressWarnings("resource") // Testcontainers removes it when this JVM is gone
        private static String container() {
            KafkaContainer container = new KafkaContainer(KAFKA_IMAGE)
                    .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                    .withEnv("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0")
                    .withEnv("KAFKA_GROUP_MIN_SESSION_TIMEOUT_MS", "1000");
            container.start();
            return container.getBootstrapServers();
        }

        private static String embedded() {
            Path folder = newFolder();
            KafkaServer server = KafkaServer.start(folder);
            atExit(server, folder);
            return server.bootstrapServers();
        }
    }

    private static Path newFolder() {
        try {
            return Files.createTempDirectory("orderflow-test-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void atExit(AutoCloseable server, Path folder) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try (server) {
                // stopped before its folder goes
            } catch (Exception e) {
                System.err.println("a test server did not stop: " + e);
            }
            delete(folder);
        }));
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            System.err.println("cannot delete " + folder + ": " + e);
        }
    }
}
