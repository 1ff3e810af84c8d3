package io.orderflow.bench.bed;

import io.orderflow.proof.system.BrokerProcess;
import io.orderflow.proof.system.Database;
import io.orderflow.proof.system.Folders;
import io.orderflow.proof.system.Part;
import io.orderflow.proof.system.Ports;
import io.orderflow.servers.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Processes of our own on loopback, their data in a folder. */
final class OwnServers implements Servers {

    /** Of PostgreSQL's log, 16 MB each: all of max_wal_size, 4 GB, since one is free again when a checkpoint has ended. */
    private static final int LOG_FILES = 272;

    private final Path folder;
    private final Database database;
    private final BrokerProcess broker;

    OwnServers(Path folder, Machines machines, Ports ports) {
        this.folder = folder;
        this.database = new Database(folder.resolve("postgres"), ports.next(), machines.postgres());
        this.broker = new BrokerProcess(
                folder.resolve("kafka"), Folders.made(folder.resolve("logs")), ports.next(), machines.kafka());
    }

    @Override
    public void startDatabase() {
        Testbed.start(database);
        try {
            makeLogFiles();
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL's log files cannot be made", e);
        }
    }

    /**
     * A server that has run for a while writes its log over files of before. A new one would make each while commits wait
     * for it: 16 MB of zeros to the disk, twice a second.
     */
    private void makeLogFiles() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (int file = 0; file < LOG_FILES; file++) {
                statement.execute("select pg_logical_emit_message(false, 'bench', ''), pg_switch_wal()");
            }
            statement.execute("checkpoint"); // from here on they are files of before
        }
    }

    @Override
    public void startKafka() {
        Testbed.start(broker);
    }

    @Override
    public String url() {
        return database.url();
    }

    @Override
    public String user() {
        return PostgresServer.USER;
    }

    @Override
    public String password() {
        return "";
    }

    @Override
    public Connection connect() throws SQLException {
        return database.connect();
    }

    @Override
    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    @Override
    public Map<String, List<ProcessHandle>> processes() {
        Map<String, List<ProcessHandle>> running = new LinkedHashMap<>();
        running.put(database.name(), database.family());
        if (broker.isRunning()) {
            running.put(broker.name(), List.of(ProcessHandle.of(broker.pid()).orElseThrow()));
        }
        return running;
    }

    @Override
    public void end() {
        for (Part part : List.of(broker, database)) {
            if (part.isRunning()) {
                part.kill(); // what it keeps is dropped
            }
        }
        keepLog();
    }

    private void keepLog() {
        Path log = folder.resolve("postgres").resolve("postgres.log");
        if (Files.exists(log)) {
            try {
                Files.move(log, folder.resolve("logs").resolve("postgres.log"), StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
