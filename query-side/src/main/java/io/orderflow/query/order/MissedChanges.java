package io.orderflow.query.order;

import io.orderflow.api.order.OrderEvent;
import io.orderflow.messaging.serialization.StoredPayloads;
import io.orderflow.query.generation.Replacement;
import io.orderflow.query.projection.Writes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.axonframework.eventhandling.DomainEventMessage;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * When another generation begins to serve, it can have events that the one before it has not: neither of them has told,
 * or will tell, the change feed. They are told here.
 */
@Component
class MissedChanges implements Replacement {

    private static final String AHEAD = """
            SELECT n.order_id, coalesce(o.version, -1) AS told FROM %s.order_summary n
            LEFT JOIN %s.order_summary o USING (order_id)
            WHERE n.order_id = ANY (?::uuid[]) AND n.version > coalesce(o.version, -1) ORDER BY n.updated_at, n.order_id
            """;

    private static final String STORY =
            "SELECT order_id, version, event_id, type, revision, at, data FROM order_timeline WHERE order_id = ?"
                    + " ORDER BY version";

    private final JdbcClient jdbc;
    private final StoredPayloads payloads;
    private final ChangeFeed feed;
    private final JdbcOperations operations;

    MissedChanges(JdbcClient jdbc, StoredPayloads payloads, ChangeFeed feed, JdbcOperations operations) {
        this.jdbc = jdbc;
        this.payloads = payloads;
        this.feed = feed;
        this.operations = operations;
    }

    private record Ahead(UUID orderId, long told) {}

    @Override
    public void replace(String from, String to, Set<String> doubtful) {
        List<Change> missed = jdbc
                .sql(AHEAD.formatted(to, from))
                .param(doubtful.toArray(String[]::new))
                .query((row, i) -> new Ahead(row.getObject(1, UUID.class), row.getLong(2)))
                .list()
                .stream()
                .flatMap(ahead -> changes(ahead).stream())
                .toList();
        if (!missed.isEmpty()) {
            Writes writes = new Writes();
            feed.append(missed, writes);
            writes.execute(operations);
        }
    }

    private List<Change> changes(Ahead ahead) {
        List<Change> changes = new ArrayList<>();
        SummaryRow row = null;
        for (TimelineEntry entry : jdbc.sql(STORY)
                .param(ahead.orderId())
                .query(MissedChanges::read)
                .list()) {
            DomainEventMessage<OrderEvent> event = entry.event(payloads);
            row = SummaryRow.after(row, event);
            if (entry.version > ahead.told()) {
                changes.add(Change.to(row, event));
            }
        }
        return changes;
    }

    private static TimelineEntry read(ResultSet row, int index) throws SQLException {
        TimelineEntry entry = new TimelineEntry();
        entry.orderId = row.getObject("order_id", UUID.class);
        entry.version = row.getLong("version");
        entry.eventId = row.getObject("event_id", UUID.class);
        entry.type = row.getString("type");
        entry.revision = row.getString("revision");
        entry.at = row.getObject("at", OffsetDateTime.class).toInstant();
        entry.data = row.getString("data");
        return entry;
    }
}
