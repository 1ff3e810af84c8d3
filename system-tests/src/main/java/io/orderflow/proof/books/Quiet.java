package io.orderflow.proof.books;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Tells when nothing is under way any more. */
public final class Quiet {

    private static final Duration LOOK = Duration.ofMillis(500);
    private static final int TELL_EVERY = 20;

    /** What must be 0 each. */
    private static final Map<String, String> UNDER_WAY = new LinkedHashMap<>();

    static {
        UNDER_WAY.put(
                "events to publish",
                "select (select coalesce(max(global_index), 0) from command.domain_event_entry)"
                        + " - (select position from command.relay_position)");
        UNDER_WAY.put(
                "orders to show",
                "select (select count(*) from command.domain_event_entry where type = 'Order')"
                        + " - (select count(*) from query.order_timeline)");
        UNDER_WAY.put("fulfilments", "select count(*) from saga.fulfilment where finished_at is null");
        UNDER_WAY.put(
                "orders without fulfilment",
                "select (select count(*) from command.domain_event_entry"
                        + " where type = 'Order' and sequence_number = 0) - (select count(*) from saga.fulfilment)");
        UNDER_WAY.put("commands to send", "select coalesce(sum(cardinality(targets)), 0) from saga.outbox");
        UNDER_WAY.put("items of work", "select count(*) from saga.work_item");
        UNDER_WAY.put("pieces put aside", "select coalesce(sum(reserved), 0) from query.product");
        UNDER_WAY.put("payments held", "select count(*) from query.order_summary where payment = 'AUTHORIZED'");
    }

    private Quiet() {}

    /** Returns when nothing is under way, or after {@code patience}: what is, by name; empty when nothing. */
    public static Map<String, Long> await(Sources sources, Duration patience, Consumer<String> progress)
            throws SQLException {
        long limit = System.nanoTime() + patience.toNanos();
        Map<String, Long> left = underWay(sources);
        for (int looks = 0; !left.isEmpty() && System.nanoTime() < limit; looks++) {
            if (looks % TELL_EVERY == 0) {
                progress.accept("still under way: " + left);
            }
            LockSupport.parkNanos(LOOK.toNanos());
            left = underWay(sources);
        }
        return left;
    }

    private static Map<String, Long> underWay(Sources sources) throws SQLException {
        Map<String, Long> left = new LinkedHashMap<>();
        try (Connection connection = sources.snapshot(sources.commandSide())) {
            for (Map.Entry<String, String> asked : UNDER_WAY.entrySet()) {
                long count = Sources.number(connection, asked.getValue());
                if (count != 0) {
                    left.put(asked.getKey(), count);
                }
            }
        }
        return left;
    }
}
