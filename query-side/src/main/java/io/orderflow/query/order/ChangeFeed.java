package io.orderflow.query.order;

import static io.orderflow.query.projection.Columns.ids;
import static io.orderflow.query.projection.Columns.numbers;
import static io.orderflow.query.projection.Columns.texts;
import static io.orderflow.query.projection.Columns.times;

import io.orderflow.query.projection.Writes;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Changes of orders, numbered in the order in which they became visible (ADR-0021): tables {@code change_feed} and
 * {@code order_change}.
 *
 * <p>The invariant that following it relies on: <b>when a number is visible, all lower ones are, or were.</b> A sequence
 * would not give that, since a transaction that drew 7 can commit before the one that drew 5. Here the number is taken
 * from a row that stays locked until the commit, so numbers have the order of commits, and no holes.
 */
@Component
class ChangeFeed {

    private static final String APPEND = """
            WITH numbered AS
                (UPDATE change_feed SET last_number = last_number + ?%s RETURNING last_number - ? AS before)
            INSERT INTO order_change (number, order_id, version, type, status, customer_id, at)
            SELECT numbered.before + r.place, r.order_id, r.version, r.type, r.status, r.customer_id, r.at
            FROM numbered, unnest(?::uuid[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::timestamptz[])
                WITH ORDINALITY AS r (order_id, version, type, status, customer_id, at, place)
            """;

    private static final String ALWAYS = "";

    // cannot change before the commit: whoever has another generation serve holds the locks of all positions
    private static final String SERVING =
            "EXISTS (SELECT FROM serving WHERE model = 'orders' AND current_schema() = 'query_orders_' || number)";

    private static final String IF_SERVING = " WHERE " + SERVING;

    /** So many are sent when it is known that they are wanted: a rebuild's are not. */
    private static final int MANY = 500;

    private final JdbcClient jdbc;
    private final List<Runnable> followers = new CopyOnWriteArrayList<>();

    ChangeFeed(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A change in its place in the feed. */
    record Numbered(long number, Change change) {}

    /**
     * How far the feed reaches.
     *
     * @param id of the feed's life: numbers of another life mean nothing in this one
     * @param last number given
     */
    record Extent(UUID id, long last) {}

    /** Has {@code follower} called after each commit of this node that added changes; it must not block. */
    void whenAppended(Runnable follower) {
        followers.add(follower);
    }

    /**
     * Adds changes, in this order, if the generation that this transaction writes to is the one that serves; the others
     * are filled in silence. The last statement of its transaction, as all others wait from here to the commit.
     */
    void appendIfServing(List<Change> changes, Writes writes) {
        if (changes.size() < MANY || isServing()) {
            append(changes, IF_SERVING, writes);
        }
    }

    private boolean isServing() {
        return jdbc.sql("SELECT " + SERVING).query(Boolean.class).single();
    }

    /** Adds changes, in this order. */
    void append(List<Change> changes, Writes writes) {
        append(changes, ALWAYS, writes);
    }

    private void append(List<Change> changes, String condition, Writes writes) {
        writes.add(
                this::wakeFollowers,
                APPEND.formatted(condition),
                changes.size(),
                changes.size(),
                ids(changes, Change::orderId),
                numbers(changes, Change::version),
                texts(changes, Change::type),
                texts(changes, Change::status),
                texts(changes, Change::customerId),
                times(changes, Change::at));
    }

    private void wakeFollowers(int appended) {
        if (appended > 0) {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    followers.forEach(Runnable::run);
                }
            });
        }
    }

    Extent extent() {
        return jdbc.sql("SELECT id, last_number FROM change_feed")
                .query((row, i) -> new Extent(row.getObject(1, UUID.class), row.getLong(2)))
                .single();
    }

    /** At most {@code limit} changes after {@code number}, in their order. */
    List<Numbered> after(long number, int limit) {
        return jdbc.sql("SELECT * FROM order_change WHERE number > ? ORDER BY number LIMIT ?")
                .param(number)
                .param(limit)
                .query((row, i) -> new Numbered(row.getLong("number"), Change.read(row)))
                .list();
    }

    /** Whether all changes after {@code number} are still there. */
    boolean reachesBackTo(long number) {
        return jdbc.sql(
                        "SELECT last_number = ? OR EXISTS (SELECT FROM order_change WHERE number = ? + 1) FROM change_feed")
                .param(number)
                .param(number)
                .query(Boolean.class)
                .single();
    }

    /**
     * Forgets changes that became visible longer than {@code age} ago, the oldest first, at most {@code limit}.
     *
     * @return how many
     */
    int forget(Duration age, int limit) {
        return jdbc.sql(
                        "DELETE FROM order_change WHERE number IN (SELECT number FROM order_change ORDER BY number LIMIT ?)"
                                + " AND seen_at < now() - make_interval(secs => ?)")
                .param(limit)
                .param((double) age.toSeconds())
                .update();
    }
}
