package io.orderflow.proof.system;

import io.orderflow.servers.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** PostgreSQL: a postmaster and its backends, durable in a folder. */
public final class Database implements Part {

    private static final String NAME = "orderflow";

    private final Path folder;
    private final int port;
    private final Map<String, String> settings;
    private @Nullable PostgresServer server;
    private boolean wanted;

    Database(Path folder, int port) {
        this(folder, port, Map.of());
    }

    /** @param settings of the server, as in postgresql.conf */
    public Database(Path folder, int port, Map<String, String> settings) {
        this.folder = folder;
        this.port = port;
        this.settings = Map.copyOf(settings);
    }

    @Override
    public String name() {
        return "postgres";
    }

    @Override
    public Kind kind() {
        return Kind.POSTGRES;
    }

    @Override
    public synchronized void start() {
        wanted = true;
        if (!isRunning()) {
            server = PostgresServer.start(folder, port, settings);
            server.createDatabase(NAME);
        }
    }

    /** Gives the lock on the folder back, which this JVM holds for a server that has ended. */
    private void forget() {
        PostgresServer ended = server;
        server = null;
        if (ended != null) {
            ended.close();
        }
    }

    /** All its processes at once, as when the machine loses power but for what the disk was told. */
    @Override
    public synchronized void kill() {
        wanted = false;
        List<ProcessHandle> all = family();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(process -> process.onExit().join());
        forget();
    }

    @Override
    public synchronized void freeze() {
        Signals.stop(family());
    }

    @Override
    public synchronized void thaw() {
        Signals.go(family());
    }

    /** The mode "fast": connections are cut, transactions rolled back. */
    @Override
    public synchronized void stop() {
        wanted = false;
        Optional<ProcessHandle> postmaster = postmaster();
        if (postmaster.isPresent()) {
            Signals.interrupt(postmaster.get());
            postmaster.get().onExit().join();
        }
        forget();
    }

    @Override
    public boolean isRunning() {
        return postmaster().isPresent();
    }

    @Override
    public boolean isReady() {
        if (!wanted) {
            return false;
        }
        try (Connection connection = connect()) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    /** The postmaster and its backends; empty when it does not run. */
    public List<ProcessHandle> family() {
        return postmaster().map(Signals::family).orElse(List.of());
    }

    private Optional<ProcessHandle> postmaster() {
        Path pidFile = folder.resolve("data/postmaster.pid");
        try {
            return Files.exists(pidFile)
                    ? ProcessHandle.of(Long.parseLong(
                                    Files.readAllLines(pidFile).getFirst().strip()))
                            .filter(ProcessHandle::isAlive)
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + NAME;
    }

    /** A connection that can write also while the server's default is read-only. */
    public Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", PostgresServer.USER);
        properties.setProperty("ApplicationName", "orderflow proof");
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("options", "-c default_transaction_read_only=off");
        return DriverManager.getConnection(url(), properties);
    }

    /** Executes statements, each for itself. */
    public void execute(String... statements) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
