package io.orderflow.servers;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * A real PostgreSQL whose data stay in a folder. What is committed is on disk; a server that an earlier run left behind
 * when it was killed is stopped first. Listens on 127.0.0.1 only and trusts whoever reaches it there.
 */
public final class PostgresServer implements AutoCloseable {

    /** The role to connect as; it needs no password. */
    public static final String USER = "postgres";

    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final EmbeddedPostgres server;

    private PostgresServer(EmbeddedPostgres server) {
        this.server = server;
    }

    /**
     * Starts on a port of its own choice.
     *
     * @param folder holds data, log and the unpacked programs; made when missing
     */
    public static PostgresServer start(Path folder) {
        return start(folder, FreePort.choose(), Map.of());
    }

    /**
     * Starts on the given port.
     *
     * @param settings more server settings, or others than ours, as in postgresql.conf
     */
    public static PostgresServer start(Path folder, int port, Map<String, String> settings) {
        Path home = folder.toAbsolutePath().normalize();
        Path data = home.resolve("data");
        try {
            Files.createDirectories(home);
            OrphanedPostgres.stop(data);
            EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setOverrideWorkingDirectory(home.resolve("programs").toFile())
                    .setCleanDataDirectory(false)
                    .setRegisterShutdownHook(false)
                    .setPort(port)
                    .setPGStartupWait(START_LIMIT)
                    // a file, not a pipe to us: the server must be able to log after we were killed
                    .setOutputRedirector(
                            Redirect.appendTo(home.resolve("postgres.log").toFile()))
                    .setLocaleConfig("locale", "C")
                    .setLocaleConfig("locale-provider", "builtin")
                    .setLocaleConfig("builtin-locale", "C.UTF-8");
            serverSettings(settings).forEach(builder::setServerConfig);
            return new PostgresServer(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL did not start; see " + home.resolve("postgres.log"), e);
        }
    }

    private static Map<String, String> serverSettings(Map<String, String> settings) {
        Map<String, String> all = new TreeMap<>();
        all.put("listen_addresses", "127.0.0.1");
        all.put("unix_socket_directories", "''");
        all.put("max_connections", "200");
        // the embedding library starts the server with both off
        all.put("fsync", "on");
        all.put("synchronous_commit", "on");
        all.putAll(settings);
        return all;
    }

    public int port() {
        return server.getPort();
    }

    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port() + "/" + database;
    }

    /** Makes the database unless it is there. */
    public void createDatabase(String name) {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                PreparedStatement known =
                        connection.prepareStatement("select format('create database %I', ?::text) where not exists"
                                + " (select from pg_database where datname = ?)")) {
            known.setString(1, name);
            known.setString(2, name);
            try (ResultSet missing = known.executeQuery()) {
                if (missing.next()) {
                    execute(connection, missing.getString(1));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("cannot make the database " + name, e);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Ends all connections and stops the server; what was committed is kept. */
    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL did not stop", e);
        }
    }
}
