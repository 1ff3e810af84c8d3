package io.orderflow.bench.history;

import io.orderflow.messaging.serialization.ContractSerializer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.function.LongConsumer;
import org.axonframework.serialization.Serializer;

/**
 * Writes events of orders straight into the event store: whole lives, interleaved in time, in the form in which the command
 * side stores them; so relay, saga and query side read them as they read its own. Safe beside a command side that runs:
 * it holds the store's lock, as every writer does, so that index order stays commit order.
 *
 * <p>The last orders are on their way when it ends, as they are in any store.
 */
public final class History {

    /** A little less than an order's life has on average, so that all is over before now. */
    private static final double EVENTS_PER_ORDER = 5.2;

    /** Longer than any life. */
    private static final Duration LONGEST_LIFE = Duration.ofDays(7);

    // as the command side's writers have it
    private static final long STORE_LOCK = 0x6F72646572666C6FL;

    private static final int EVENTS_AT_ONCE = 100_000;

    private final Serializer serializer = new ContractSerializer();
    private final SplittableRandom ids;
    private final Chronicle chronicle;

    /**
     * @param events that will be written about
     * @param span over which the orders are spread, up to now
     * @param seed the same one gives the same orders
     */
    public History(long events, Duration span, long seed) {
        double orders = Math.max(1, events / EVENTS_PER_ORDER);
        this.ids = new SplittableRandom(~seed);
        Instant now = Instant.now();
        this.chronicle = new Chronicle(
                now.minus(span).minus(LONGEST_LIFE), now, Duration.ofNanos((long) (span.toNanos() / orders)), seed);
    }

    /**
     * Writes the next events.
     *
     * @param written is told how many were written so far, now and then
     */
    public void write(Connection connection, long events, LongConsumer written) throws SQLException {
        long done = 0;
        connection.setAutoCommit(false);
        while (done < events) {
            long slice = Math.min(EVENTS_AT_ONCE, events - done);
            write(connection, slice);
            done += slice;
            written.accept(done);
        }
        connection.setAutoCommit(true);
    }

    private void write(Connection connection, long events) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("select pg_advisory_xact_lock(" + STORE_LOCK + ")");
            EventCopy copy = new EventCopy(connection, serializer);
            for (long i = 0; i < events; i++) {
                Happening next = chronicle.next();
                copy.write(Ids.at(next.at(), ids).toString(), next);
            }
            copy.end();
            statement.execute("notify orderflow_events");
            connection.commit();
        }
    }
}
