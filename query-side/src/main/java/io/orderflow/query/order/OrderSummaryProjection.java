package io.orderflow.query.order;

import static io.orderflow.query.projection.Columns.flags;
import static io.orderflow.query.projection.Columns.numbers;
import static io.orderflow.query.projection.Columns.texts;

import io.orderflow.api.inventory.Sku;
import io.orderflow.api.order.OrderEvent;
import io.orderflow.api.order.OrderEvent.OrderPlaced;
import io.orderflow.api.order.OrderId;
import io.orderflow.api.order.OrderLine;
import io.orderflow.query.projection.Projection;
import io.orderflow.query.projection.ReadModel;
import io.orderflow.query.projection.Versions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Each order as it is now: tables {@code order_summary}, {@code order_line} and {@code order_search}; and what changed:
 * the {@link ChangeFeed}. The last projection of a batch, since the feed is locked from its writing to the commit.
 */
@Component
@Order
@ProcessingGroup(OrderSummaryProjection.GROUP)
class OrderSummaryProjection extends Projection<OrderEvent> {

    static final String GROUP = "order-summary";

    private static final String LOCK =
            "SELECT * FROM order_summary WHERE order_id = ANY (?::uuid[]) ORDER BY order_id FOR UPDATE";

    private static final String WRITE = """
            INSERT INTO order_summary (order_id, customer_id, email, phone, status, reason, detail, total_amount, currency,
                payment, tracking_number, version, placed_at, updated_at)
            SELECT * FROM unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[],
                ?::text[], ?::text[], ?::text[], ?::bigint[], ?::timestamptz[], ?::timestamptz[]) AS r (order_id)
            ORDER BY r.order_id
            ON CONFLICT (order_id) DO UPDATE SET status = excluded.status, reason = excluded.reason,
                detail = excluded.detail, payment = excluded.payment, tracking_number = excluded.tracking_number,
                version = excluded.version, updated_at = excluded.updated_at
            """;

    private static final String WRITE_LINES = """
            INSERT INTO order_line (order_id, number, sku, name, quantity, unit_amount, currency, stocked, first_of_sku,
                placed_at)
            SELECT * FROM unnest(?::uuid[], ?::integer[], ?::text[], ?::text[], ?::integer[], ?::bigint[], ?::text[],
                ?::boolean[], ?::boolean[], ?::timestamptz[]) AS r (order_id, number)
            ORDER BY r.order_id, r.number
            """;

    private static final String WRITE_WORDS = """
            INSERT INTO order_search (order_id, words)
            SELECT r.order_id, r.words::tsvector FROM unnest(?::uuid[], ?::text[]) AS r (order_id, words)
            ORDER BY r.order_id
            """;

    private final JdbcClient jdbc;
    private final ChangeFeed feed;

    OrderSummaryProjection(JdbcClient jdbc, ChangeFeed feed) {
        super(ReadModel.ORDERS);
        this.jdbc = jdbc;
        this.feed = feed;
    }

    @EventHandler
    void on(OrderEvent event, DomainEventMessage<OrderEvent> message) {
        collect(message);
    }

    @Override
    protected void write(List<DomainEventMessage<OrderEvent>> events) {
        Map<String, SummaryRow> rows = lock(events);
        Versions versions =
                new Versions(rows.values().stream().collect(Collectors.toMap(row -> row.orderId, row -> row.version)));
        Map<String, SummaryRow> changed = new LinkedHashMap<>();
        List<PlacedLine> lines = new ArrayList<>();
        List<OrderPlaced> placed = new ArrayList<>();
        List<Change> changes = new ArrayList<>();
        for (DomainEventMessage<OrderEvent> event : versions.sort(events).fresh()) {
            String orderId = event.getAggregateIdentifier();
            SummaryRow row = SummaryRow.after(rows.get(orderId), event);
            rows.put(orderId, row);
            changed.put(orderId, row);
            changes.add(Change.to(row, event));
            if (event.getPayload() instanceof OrderPlaced order) {
                placed.add(order);
                lines.addAll(PlacedLine.of(order, event.getTimestamp()));
            }
        }
        if (!changed.isEmpty()) {
            writeRows(changed.values());
        }
        if (!placed.isEmpty()) {
            writeLines(lines);
            writeWords(placed);
        }
        if (!changes.isEmpty()) {
            feed.appendIfServing(changes);
        }
    }

    /** A line; {@code firstOfSku} unless a line before it has the same product. */
    private record PlacedLine(OrderId orderId, OrderLine line, boolean firstOfSku, Instant placedAt) {

        static List<PlacedLine> of(OrderPlaced order, Instant placedAt) {
            Set<Sku> known = new HashSet<>();
            return order.lines().stream()
                    .map(line -> new PlacedLine(order.orderId(), line, known.add(line.sku()), placedAt))
                    .toList();
        }
    }

    private Map<String, SummaryRow> lock(List<DomainEventMessage<OrderEvent>> events) {
        Map<String, SummaryRow> rows = new HashMap<>();
        jdbc.sql(LOCK)
                .param(texts(events, DomainEventMessage::getAggregateIdentifier))
                .query((row, number) -> new SummaryRow(row))
                .list()
                .forEach(row -> rows.put(row.orderId, row));
        return rows;
    }

    private void writeRows(Collection<SummaryRow> rows) {
        jdbc.sql(WRITE)
                .param(texts(rows, row -> row.orderId))
                .param(texts(rows, row -> row.customerId))
                .param(texts(rows, row -> row.email))
                .param(texts(rows, row -> row.phone))
                .param(texts(rows, row -> row.status))
                .param(texts(rows, row -> row.reason))
                .param(texts(rows, row -> row.detail))
                .param(numbers(rows, row -> row.totalAmount))
                .param(texts(rows, row -> row.currency))
                .param(texts(rows, row -> row.payment))
                .param(texts(rows, row -> row.trackingNumber))
                .param(numbers(rows, row -> row.version))
                .param(texts(rows, row -> row.placedAt))
                .param(texts(rows, row -> row.updatedAt))
                .update();
    }

    private void writeLines(List<PlacedLine> lines) {
        jdbc.sql(WRITE_LINES)
                .param(texts(lines, PlacedLine::orderId))
                .param(numbers(lines, line -> line.line().number()))
                .param(texts(lines, line -> line.line().sku()))
                .param(texts(lines, line -> line.line().name()))
                .param(numbers(lines, line -> line.line().quantity().value()))
                .param(numbers(lines, line -> line.line().unitPrice().amount()))
                .param(texts(lines, line -> line.line().unitPrice().currency()))
                .param(flags(lines, line -> line.line().stocked()))
                .param(flags(lines, PlacedLine::firstOfSku))
                .param(texts(lines, PlacedLine::placedAt))
                .update();
    }

    private void writeWords(List<OrderPlaced> placed) {
        jdbc.sql(WRITE_WORDS)
                .param(texts(placed, OrderPlaced::orderId))
                .param(texts(placed, SearchWords::of))
                .update();
    }
}
