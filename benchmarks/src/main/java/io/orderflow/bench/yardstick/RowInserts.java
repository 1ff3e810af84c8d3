package io.orderflow.bench.yardstick;

import io.orderflow.bench.bed.Testbed;
import io.orderflow.bench.measure.Figure.Yardstick;
import io.orderflow.messaging.serialization.TimeOrderedIdentifiers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The rows of the event store, inserted into a table that is made like it, each statement durable by itself: what pgbench
 * does, over JDBC, since the PostgreSQL that comes from Maven brings no pgbench.
 */
public final class RowInserts {

    private static final int SAMPLE = 1000;
    private static final String COLUMNS = "event_identifier, aggregate_identifier, sequence_number, type, time_stamp,"
            + " payload_type, payload_revision, payload, meta_data";

    private final Testbed testbed;
    private final List<Object[]> rows;

    private RowInserts(Testbed testbed) throws SQLException {
        this.testbed = testbed;
        try (Connection connection = testbed.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("drop schema if exists yardstick cascade");
            statement.execute("create schema yardstick");
            statement.execute("create table yardstick.event (like command.domain_event_entry including all)");
        }
        this.rows = sample();
    }

    /** One row a statement, in as many sessions. */
    public static Yardstick singleRows(Rounds rounds, Testbed testbed, int sessions) throws Exception {
        return new Yardstick(
                "single-row inserts of the same rows, " + sessions + " sessions, JDBC",
                new RowInserts(testbed).median(rounds, sessions, 1));
    }

    /** A hundred rows a statement, in one session. */
    public static Yardstick hundredRows(Rounds rounds, Testbed testbed) throws Exception {
        return new Yardstick(
                "100-row inserts of the same rows, one session, JDBC", new RowInserts(testbed).median(rounds, 1, 100));
    }

    private List<Object[]> sample() throws SQLException {
        List<Object[]> sample = new ArrayList<>();
        String sql =
                "select " + COLUMNS + " from command.domain_event_entry where type = 'Order' and sequence_number = 0"
                        + " order by global_index limit " + SAMPLE;
        try (Connection connection = testbed.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                Object[] values = new Object[9];
                for (int i = 0; i < values.length; i++) {
                    values[i] = row.getObject(i + 1);
                }
                sample.add(values);
            }
        }
        if (sample.isEmpty()) {
            throw new IllegalStateException("there are no orders in the event store to take rows from");
        }
        return sample;
    }

    private double median(Rounds rounds, int sessions, int rowsEach) throws Exception {
        return Medians.of(rounds.rounds(), () -> rate(rounds.length(), sessions, rowsEach));
    }

    private double rate(Duration length, int sessions, int rowsEach) throws Exception {
        List<Connection> connections = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < sessions; i++) {
                connections.add(testbed.connect());
            }
            long began = System.nanoTime();
            long end = began + length.toNanos();
            List<Callable<Long>> inserting = connections.stream()
                    .<Callable<Long>>map(connection -> () -> insert(connection, rowsEach, end))
                    .toList();
            long inserted = 0;
            for (Future<Long> session : threads.invokeAll(inserting)) {
                inserted += session.get();
            }
            return inserted * 1e9 / (System.nanoTime() - began);
        } catch (ExecutionException e) {
            throw new IllegalStateException("rows cannot be inserted", e.getCause());
        } finally {
            for (Connection connection : connections) {
                connection.close();
            }
        }
    }

    private long insert(Connection connection, int rowsEach, long end) throws SQLException {
        String row = ", (?, ?, ?, ?, ?, ?, ?, ?, ?)";
        String sql = "insert into yardstick.event (" + COLUMNS + ") values "
                + row.repeat(rowsEach).substring(2);
        long inserted = 0;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            while (System.nanoTime() < end) {
                for (int i = 0; i < rowsEach; i++) {
                    bind(statement, 9 * i, rows.get((int) (inserted++ % rows.size())));
                }
                statement.executeUpdate();
            }
        }
        return inserted;
    }

    private static void bind(PreparedStatement statement, int offset, Object[] row) throws SQLException {
        String id = TimeOrderedIdentifiers.next().toString();
        statement.setString(offset + 1, id);
        statement.setString(offset + 2, id);
        for (int i = 2; i < row.length; i++) {
            statement.setObject(offset + i + 1, row[i]);
        }
    }
}
