package io.orderflow.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PostgresServerIT {

    private final Path folder = TestServers.temporaryFolder();

    @Test
    void dataSurviveARestart() throws SQLException {
        try (PostgresServer server = PostgresServer.start(folder)) {
            server.createDatabase("orders");
            server.createDatabase("orders");
            execute(server, "orders", "create table kept as select 42 as answer");
        }
        try (PostgresServer server = PostgresServer.start(folder)) {
            assertThat(query(server, "orders", "select answer from kept")).isEqualTo("42");
        }
    }

    @Test
    void aServerLeftBehindIsStoppedAndReplaced() throws Exception {
        Process left = inAProcessThatIsKilled();
        long orphan = postmaster();
        assertThat(left.isAlive()).isFalse();
        assertThat(ProcessHandle.of(orphan)).isPresent();

        try (PostgresServer server = PostgresServer.start(folder)) {
            assertThat(query(server, "orders", "select answer from kept")).isEqualTo("42");
            assertThat(ProcessHandle.of(orphan)).isEmpty();
        }
        assertThat(folder.resolve("data/postmaster.pid")).doesNotExist();
    }

    @Test
    void whatIsCommittedIsOnDiskAndOnlyThisMachineCanConnect() throws SQLException {
        try (PostgresServer server = PostgresServer.start(folder)) {
            assertThat(query(server, "postgres", "show fsync")).isEqualTo("on");
            assertThat(query(server, "postgres", "show synchronous_commit")).isEqualTo("on");
            assertThat(query(server, "postgres", "show full_page_writes")).isEqualTo("on");
            assertThat(query(server, "postgres", "show listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(query(server, "postgres", "show unix_socket_directories"))
                    .isEmpty();
            assertThat(query(server, "postgres", "show max_connections")).isEqualTo("200");
        }
    }

    @Test
    void settingsCanBeOverridden() throws SQLException {
        try (PostgresServer server = PostgresServer.start(folder, FreePort.choose(), Map.of("work_mem", "32MB"))) {
            assertThat(query(server, "postgres", "show work_mem")).isEqualTo("32MB");
        }
    }

    private Process inAProcessThatIsKilled() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledPostgres.class.getName(),
                        folder.toString())
                .inheritIO()
                .start();
        // the program ends itself with a halt, which runs no shutdown hook, like kill -9
        assertThat(process.waitFor()).isEqualTo(KilledPostgres.KILLED);
        return process;
    }

    private long postmaster() throws Exception {
        return Long.parseLong(
                Files.readAllLines(folder.resolve("data/postmaster.pid")).getFirst());
    }

    /** Stores something and is gone without a good-bye. */
    static final class KilledPostgres {

        static final int KILLED = 137;

        private KilledPostgres() {}

        public static void main(String[] arguments) throws SQLException {
            @SuppressWarnings("resource") // left behind on purpose
            PostgresServer server = PostgresServer.start(Path.of(arguments[0]));
            server.createDatabase("orders");
            execute(server, "orders", "create table kept as select 42 as answer");
            Runtime.getRuntime().halt(KILLED);
        }
    }

    private static void execute(PostgresServer server, String database, String sql) throws SQLException {
        try (Connection connection = connect(server, database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String query(PostgresServer server, String database, String sql) throws SQLException {
        try (Connection connection = connect(server, database);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            assertThat(result.next()).isTrue();
            return result.getString(1);
        }
    }

    private static Connection connect(PostgresServer server, String database) throws SQLException {
        return DriverManager.getConnection(server.jdbcUrl(database), PostgresServer.USER, "");
    }
}
