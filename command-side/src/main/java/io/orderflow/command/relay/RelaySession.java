package io.orderflow.command.relay;

import io.orderflow.command.store.GroupCommitEventStorageEngine;
import io.orderflow.command.store.PostgresConnections;
import io.orderflow.messaging.cloudevents.PublishedEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * A relay's own connection, and with it its claim to be the one who publishes: the lock ends with the session. The position
 * is read and moved over this connection only, so that who has lost the claim can do neither.
 */
final class RelaySession implements AutoCloseable {

    static final long RELAY_LOCK = 0x6F72646572726C79L;
    private static final Duration STATEMENT_LIMIT = Duration.ofSeconds(5);

    private final Connection connection;

    private RelaySession(Connection connection) {
        this.connection = connection;
    }

    /**
     * @param channel where commits are told
     * @param claim after which the server ends a session that asks for nothing: a frozen node must not stop the others
     */
    static RelaySession open(PostgresConnections connections, String channel, Duration claim) throws SQLException {
        Connection connection = connections.open("orderflow relay", STATEMENT_LIMIT);
        try (Statement listen = connection.createStatement()) {
            listen.execute("set idle_session_timeout = " + claim.toMillis());
            listen.execute("listen " + channel);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return new RelaySession(connection);
    }

    /** Whether this node is the one who publishes, from now on until the session ends. */
    boolean lead() throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement("select pg_try_advisory_lock(?)")) {
            lock.setLong(1, RELAY_LOCK);
            try (ResultSet result = lock.executeQuery()) {
                return result.next() && result.getBoolean(1);
            }
        }
    }

    long position() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select position from relay_position")) {
            if (!result.next()) {
                throw new IllegalStateException("relay_position has no row; insert one");
            }
            return result.getLong(1);
        }
    }

    /** Moves on, unless somebody has moved the position meanwhile: then theirs stands. */
    void move(long from, long to) throws SQLException {
        String sql = "update relay_position set position = ? where position = ?";
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setLong(1, to);
            update.setLong(2, from);
            update.executeUpdate();
        }
    }

    /** Which topics were published to, as told to {@link #publishTo}; null when none were. */
    @Nullable String topics() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select topics from relay_position")) {
            return result.next() ? result.getString(1) : null;
        }
    }

    /** @param goOn whether they hold what was published so far; otherwise it is published again, all of it */
    void publishTo(String topics, boolean goOn) throws SQLException {
        String sql = "update relay_position set topics = ?, position = case when ? then position else 0 end";
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setString(1, topics);
            update.setBoolean(2, goOn);
            update.executeUpdate();
        }
    }

    /** Whether the store has {@code event}, under its index and in the same epoch. */
    boolean has(PublishedEvent event) throws SQLException {
        String sql = "select exists (select from domain_event_entry, store_epoch where global_index = ?"
                + " and event_identifier = ? and epoch = ?)";
        try (PreparedStatement question = connection.prepareStatement(sql)) {
            question.setLong(1, event.index());
            question.setString(2, event.id());
            question.setObject(3, event.epoch());
            try (ResultSet result = question.executeQuery()) {
                return result.next() && result.getBoolean(1);
            }
        }
    }

    /** Has nothing stored from now on, by any node, unless {@code event} was brought back meanwhile. */
    void holdWithout(PublishedEvent event, String reason) throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement lock = connection.prepareStatement("select pg_advisory_xact_lock(?)");
                PreparedStatement hold =
                        connection.prepareStatement("update store_epoch set held = coalesce(held, ?)")) {
            lock.setLong(1, GroupCommitEventStorageEngine.LOCK);
            lock.execute();
            if (!has(event)) { // looked again, under the lock under which it would be brought back
                hold.setString(1, reason);
                hold.executeUpdate();
            }
            connection.commit();
        } finally {
            connection.setAutoCommit(true);
        }
    }

    /** Why nothing can be stored; null when everything can. */
    @Nullable String heldBecause() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select held from store_epoch")) {
            return result.next() ? result.getString(1) : null;
        }
    }

    /** Returns at the next commit of any node, at the latest after {@code limit}. */
    void awaitNews(Duration limit) throws SQLException {
        connection.unwrap(PGConnection.class).getNotifications((int) limit.toMillis());
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
