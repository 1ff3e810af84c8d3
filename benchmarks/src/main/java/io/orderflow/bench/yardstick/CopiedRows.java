package io.orderflow.bench.yardstick;

import io.orderflow.bench.bed.Standing;
import io.orderflow.bench.bed.Testbed;
import io.orderflow.bench.measure.Figure.Yardstick;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** The rows of the read tables, copied into tables that are made like them, indexes included; two sessions at once. */
public final class CopiedRows {

    /** What the two sessions copy: about the same. */
    private static final List<List<String>> SESSIONS = List.of(
            List.of("order_timeline"),
            List.of("order_summary", "order_in_status", "order_product", "order_search", "counted_order"));

    private final Testbed testbed;
    private final Standing standing;
    private final Path folder;

    private CopiedRows(Testbed testbed, Standing standing, Path folder) {
        this.testbed = testbed;
        this.standing = standing;
        this.folder = folder;
    }

    /** @param events that the rows were made of */
    public static Yardstick ofReadTables(Rounds rounds, Testbed testbed, Standing standing, long events)
            throws Exception {
        Path folder = Files.createTempDirectory("orderflow-rows");
        CopiedRows rows = new CopiedRows(testbed, standing, folder);
        try {
            rows.takeOut();
            double value = Medians.of(rounds.rounds(), () -> events / rows.putIn());
            return new Yardstick("COPY of the same rows, two sessions", value);
        } finally {
            rows.forget();
        }
    }

    private static List<String> tables() {
        return SESSIONS.stream().flatMap(List::stream).toList();
    }

    private void takeOut() throws SQLException, IOException {
        try (Connection connection = testbed.connect()) {
            CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
            for (String table : tables()) {
                try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(folder.resolve(table)))) {
                    copies.copyOut("copy " + original(connection, table) + " to stdout (format binary)", out);
                }
            }
        }
    }

    /** The newest generation's. */
    private static String original(Connection connection, String table) throws SQLException {
        String sql = """
                select schemaname || '.' || tablename from pg_tables where tablename = ? and schemaname like 'query%'
                order by length(schemaname) desc, schemaname desc limit 1
                """;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, table);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    throw new IllegalStateException("there is no table " + table);
                }
                return row.getString(1);
            }
        }
    }

    /** Seconds that it took. */
    private double putIn() throws Exception {
        standing.execute("drop schema if exists yardstick cascade; create schema yardstick");
        try (Connection connection = testbed.connect()) {
            for (String table : tables()) {
                standing.execute("create table yardstick.%s (like %s including all)"
                        .formatted(table, original(connection, table)));
            }
        }
        long began = System.nanoTime();
        try (ExecutorService threads = Executors.newFixedThreadPool(SESSIONS.size())) {
            List<Callable<Long>> copying = SESSIONS.stream()
                    .<Callable<Long>>map(tables -> () -> copyIn(tables))
                    .toList();
            for (Future<Long> session : threads.invokeAll(copying)) {
                session.get();
            }
        }
        return (System.nanoTime() - began) / 1e9;
    }

    private long copyIn(List<String> tables) throws SQLException, IOException {
        long rows = 0;
        try (Connection connection = testbed.connect()) {
            CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
            for (String table : tables) {
                try (InputStream in = new BufferedInputStream(Files.newInputStream(folder.resolve(table)))) {
                    rows += copies.copyIn("copy yardstick." + table + " from stdin (format binary)", in);
                }
            }
        }
        return rows;
    }

    private void forget() throws IOException {
        for (String table : tables()) {
            Files.deleteIfExists(folder.resolve(table));
        }
        Files.delete(folder);
    }
}
