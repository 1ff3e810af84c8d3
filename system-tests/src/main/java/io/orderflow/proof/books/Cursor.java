package io.orderflow.proof.books;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows in the order of their first column, a text; taken group by group, so that books of any size fit. */
final class Cursor<T> implements AutoCloseable {

    private static final int PAGE = 5000;

    private final PreparedStatement statement;
    private final ResultSet rows;
    private final Reading<T> reading;
    private @Nullable String key;

    /** Makes something of the row at which the result stands. */
    interface Reading<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** @param sql names the key first and sorts by it, byte by byte */
    Cursor(Connection connection, String sql, Reading<T> reading) throws SQLException {
        statement = connection.prepareStatement(sql);
        statement.setFetchSize(PAGE);
        rows = statement.executeQuery();
        this.reading = reading;
        advance();
    }

    private void advance() throws SQLException {
        key = rows.next() ? rows.getString(1) : null;
    }

    /** The key of the next group; null at the end. */
    @Nullable String key() {
        return key;
    }

    /** The rows of the group {@code wanted}, none when it does not stand here. */
    List<T> take(String wanted) throws SQLException {
        List<T> group = new ArrayList<>();
        while (wanted.equals(key)) {
            group.add(reading.read(rows));
            advance();
        }
        return group;
    }

    @Override
    public void close() throws SQLException {
        rows.close();
        statement.close();
    }
}
