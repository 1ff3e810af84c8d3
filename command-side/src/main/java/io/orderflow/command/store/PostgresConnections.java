package io.orderflow.command.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/**
 * Opens connections outside any pool, for those who must never wait for one that a command holds: the writer and the
 * relay. Each carries limits on both sides, so that neither a frozen node nor a dead network holds anything for ever.
 */
public record PostgresConnections(
        String url, @Nullable String user, @Nullable String password) {

    private static final int OPEN_SECONDS = 2;

    /**
     * @param name shown in pg_stat_activity
     * @param limit after which the server ends a statement and its transaction; the socket gives up a second later
     */
    public Connection open(String name, Duration limit) throws SQLException {
        Properties properties = new Properties();
        if (user != null) {
            properties.setProperty("user", user);
        }
        if (password != null) {
            properties.setProperty("password", password);
        }
        properties.setProperty("ApplicationName", name);
        properties.setProperty("connectTimeout", Integer.toString(OPEN_SECONDS));
        properties.setProperty("loginTimeout", Integer.toString(OPEN_SECONDS));
        properties.setProperty("socketTimeout", Long.toString(limit.toSeconds() + 1));
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("options", limits(limit.toMillis()));
        Connection connection = new Driver().connect(url, properties);
        if (connection == null) {
            throw new SQLException("not a PostgreSQL URL: " + url);
        }
        return connection;
    }

    private static String limits(long millis) {
        return "-c statement_timeout=%1$d -c lock_timeout=%1$d -c transaction_timeout=%1$d -c idle_in_transaction_session_timeout=%1$d"
                .formatted(millis);
    }
}
