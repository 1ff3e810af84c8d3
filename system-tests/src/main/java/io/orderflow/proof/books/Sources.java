package io.orderflow.proof.books;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where the books are.
 *
 * @param commandSide JDBC URL of the database with the event store
 * @param saga JDBC URL of the database of the saga service
 * @param querySide JDBC URL of the database with the read tables
 * @param brokers Kafka's bootstrap servers
 */
public record Sources(String commandSide, String saga, String querySide, String user, String password, String brokers) {

    /** All three services in one database. */
    public static Sources inOneDatabase(String url, String user, String password, String brokers) {
        return new Sources(url, url, url, user, password, brokers);
    }

    public Set<String> databases() {
        return new TreeSet<>(List.of(commandSide, saga, querySide));
    }

    /** A connection that sees the state of one moment, that of its first question, and can change nothing. */
    Connection snapshot(String url) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("ApplicationName", "orderflow check");
        properties.setProperty("tcpKeepAlive", "true");
        Connection connection = DriverManager.getConnection(url, properties);
        connection.setAutoCommit(false);
        connection.setReadOnly(true);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        try (Statement statement = connection.createStatement()) {
            // names are plain afterwards, whichever schema the URL names
            statement.execute("set search_path = ''");
            statement.execute("select 1 from pg_catalog.pg_class limit 1");
        }
        return connection;
    }

    /** The one number that {@code sql} asks for, as it is now. */
    long number(String url, String sql) throws SQLException {
        try (Connection connection = snapshot(url)) {
            return number(connection, sql);
        }
    }

    static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            if (!result.next()) {
                throw new SQLException("no row for: " + sql);
            }
            return result.getLong(1);
        }
    }
}
