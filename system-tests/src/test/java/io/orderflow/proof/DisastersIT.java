package io.orderflow.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.proof.books.Books;
import io.orderflow.proof.books.Check;
import io.orderflow.proof.books.Kept;
import io.orderflow.proof.books.Quiet;
import io.orderflow.proof.books.Reconciler;
import io.orderflow.proof.books.Reconciler.Outcome;
import io.orderflow.proof.books.Sources;
import io.orderflow.proof.load.Client;
import io.orderflow.proof.load.Load;
import io.orderflow.proof.system.Part;
import io.orderflow.proof.system.Part.Kind;
import io.orderflow.proof.system.ServiceNode;
import io.orderflow.proof.system.TestedSystem;
import io.orderflow.servers.PostgresServer;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Follows docs/runbooks/kafka-lost.md and store-restored.md, step by step, while clients go on; then compares all books with
 * each other and with what the clients were told.
 */
class DisastersIT {

    private static final long SEED = Long.getLong("orderflow.disasters.seed", 5);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final List<String> TABLES = List.of(
            "domain_event_entry",
            "snapshot_event_entry",
            "store_epoch",
            "relay_position",
            "reader_position",
            "parked_sequence",
            "parked_record");

    private final Path folder =
            Path.of("target", "disasters", Long.toString(System.nanoTime())).toAbsolutePath();
    private final TestedSystem system = new TestedSystem(Path.of(".."), folder, 1, System.out::println);
    private final Client operator = new Client(Duration.ofSeconds(60));

    @BeforeEach
    void start() {
        system.start();
    }

    @AfterEach
    void stop() {
        system.close();
    }

    private Load openLoad() {
        Load load = new Load(system.addresses(Kind.COMMAND_SIDE), system.addresses(Kind.QUERY_SIDE));
        load.begin(8, 40, SEED);
        return load;
    }

    private static void awaitAccepted(int more, Load load) {
        int before = load.promises().accepted().size();
        await().atMost(PATIENCE).until(() -> load.promises().accepted().size() >= before + more);
    }

    private ServiceNode commandSide() {
        return system.nodes(Kind.COMMAND_SIDE).getFirst();
    }

    private void restart(Part part) {
        part.stop();
        part.start();
        await().atMost(PATIENCE).until(part::isReady);
    }

    @Test
    void whenKafkaLosesEverythingItIsFilledAgainAndNothingHappensTwice() throws Exception {
        Load load = openLoad();
        try (load) {
            awaitAccepted(100, load);
            Instant before = Instant.now().minus(Duration.ofHours(1)); // commands may have waited for long
            system.loseKafka();
            awaitAccepted(50, load); // accepted without Kafka
            system.part("kafka").start();
            restart(commandSide()); // it would find out by itself, within two minutes
            URI commands = commandSide().address();
            await().atMost(PATIENCE)
                    .until(() -> operator.send(commands, "POST", "/api/admin/relay/republish", null, Map.of())
                                    .status()
                            == 202);
            URI saga = system.addresses(Kind.SAGA).getFirst();
            assertThat(operator.send(saga, "POST", "/api/saga/waiting/ask-again?since=" + before, null, Map.of())
                            .status())
                    .isEqualTo(200);
            awaitAccepted(50, load);
        }
        assertBooksAgree(load);
    }

    @Test
    void whenTheStoreIsRestoredWhatItLacksComesBackFromKafka() throws Exception {
        Load load = openLoad();
        try (load) {
            awaitAccepted(100, load);
            backUp();
            awaitAccepted(100, load);
            commandSide().stop(); // what it has stored last is published
            assertThat(number("select max(global_index) - (select position from command.relay_position)"
                            + " from command.domain_event_entry"))
                    .isZero();

            restore();
            system.database().execute("update command.store_epoch set held = 'restored'");
            commandSide().start();
            await().atMost(PATIENCE).until(commandSide()::isReady);
            assertThat(operator.send(commandSide().address(), "GET", "/api/admin/relay", null, Map.of())
                            .at("/state"))
                    .isEqualTo("HELD");
            assertThat(commandSide().run("recover-store")).isZero();
            restart(commandSide());
            awaitAccepted(50, load);
        }
        assertBooksAgree(load);
    }

    /** The tables of the command side as they are at one moment. */
    private void backUp() throws SQLException {
        try (Connection connection = system.database().connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            statement.execute("create schema backup");
            for (String table : TABLES) {
                statement.execute("create table backup.%1$s as select * from command.%1$s".formatted(table));
            }
            connection.commit();
        }
        assertThat(number("select count(*) from backup.domain_event_entry")).isPositive();
    }

    private void restore() throws SQLException {
        long lastIndex = number("select max(global_index) from backup.domain_event_entry");
        for (String table : TABLES) {
            system.database()
                    .execute(
                            "truncate command." + table,
                            "insert into command.%1$s overriding system value select * from backup.%1$s"
                                    .formatted(table));
        }
        system.database()
                .execute("alter table command.domain_event_entry alter column global_index restart with "
                        + (lastIndex + 1));
    }

    private long number(String sql) throws SQLException {
        try (Connection connection = system.database().connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        }
    }

    private void assertBooksAgree(Load load) throws SQLException {
        Sources sources =
                Sources.inOneDatabase(system.database().url(), PostgresServer.USER, "", system.bootstrapServers());
        assertThat(Quiet.await(sources, PATIENCE, System.out::println))
                .as("under way")
                .isEmpty();
        Outcome outcome = new Reconciler(sources, true, Duration.ofSeconds(60), System.out::println).reconcile();
        Kept.check(outcome, load.promises());
        Books books = outcome.books();
        assertThat(books.checks().stream()
                        .filter(check -> !check.passes())
                        .map(Check::toString)
                        .collect(Collectors.joining("\n")))
                .as("books that do not agree")
                .isEmpty();
    }
}
