package io.orderflow.query.projection;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.PreparedStatementCallback;

/**
 * Statements that write, none of which needs what another gave back: they travel together, in one round trip, and are
 * carried out in their order. Each trip to the database waits twice for a processor, which on a busy machine takes longer
 * than a small batch itself.
 */
public final class Writes {

    private final List<Write> writes = new ArrayList<>();

    private record Write(String sql, Object[] parameters, IntConsumer touched) {}

    /** @param parameters of the placeholders, in their order */
    public void add(String sql, Object... parameters) {
        add(rows -> {}, sql, parameters);
    }

    /**
     * @param rows that it must insert or update, or all fails
     * @param parameters of the placeholders, in their order
     */
    public void addTouching(int rows, String sql, Object... parameters) {
        add(touched -> requireSame(rows, touched, sql), sql, parameters);
    }

    private static void requireSame(int expected, int touched, String sql) {
        if (touched != expected) {
            throw new IllegalStateException("%d rows instead of %d: %s".formatted(touched, expected, sql));
        }
    }

    /**
     * @param touched is told how many rows the statement inserted or updated, when all are carried out
     * @param parameters of the placeholders, in their order
     */
    public void add(IntConsumer touched, String sql, Object... parameters) {
        writes.add(new Write(sql.strip(), parameters, touched));
    }

    /** Carries them out, in the current transaction: all of them, or it fails. */
    public void execute(JdbcOperations jdbc) {
        if (!writes.isEmpty()) {
            // the driver prepares each of them, and remembers them by the whole text
            String all = writes.stream().map(Write::sql).collect(Collectors.joining(";\n"));
            List<Integer> touched = jdbc.execute(all, (PreparedStatementCallback<List<Integer>>) this::execute);
            for (int i = 0; i < writes.size(); i++) {
                writes.get(i).touched().accept(touched.get(i));
            }
        }
    }

    private List<Integer> execute(PreparedStatement statement) throws SQLException {
        int place = 1;
        for (Write write : writes) {
            for (Object parameter : write.parameters()) {
                statement.setObject(place++, parameter);
            }
        }
        List<Integer> touched = new ArrayList<>();
        boolean isResult = statement.execute();
        for (Write write : writes) {
            if (isResult) {
                throw new IllegalStateException("gives rows back, which nobody reads: " + write.sql());
            }
            touched.add(statement.getUpdateCount());
            isResult = statement.getMoreResults();
        }
        return touched;
    }
}
