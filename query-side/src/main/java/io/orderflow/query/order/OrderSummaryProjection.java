package io.orderflow.query.order;

import static io.orderflow.query.projection.Columns.flags;
import static io.orderflow.query.projection.Columns.numbers;
import static io.orderflow.query.projection.Columns.texts;

import io.orderflow.api.order.OrderEvent;
import io.orderflow.api.order.OrderEvent.OrderPlaced;
import io.orderflow.api.order.OrderId;
import io.orderflow.api.order.OrderLine;
import io.orderflow.query.projection.Projection;
import io.orderflow.query.projection.Versions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Each order as it is now: tables {@code order_summary} and {@code order_line}. */
@Component
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
            INSERT INTO order_line (order_id, number, sku, name, quantity, unit_amount, currency, stocked)
            SELECT * FROM unnest(?::uuid[], ?::integer[], ?::text[], ?::text[], ?::integer[], ?::bigint[], ?::text[],
                ?::boolean[]) AS r (order_id, number)
            ORDER BY r.order_id, r.number
            """;

    private final JdbcClient jdbc;

    OrderSummaryProjection(JdbcClient jdbc) {
        this.jdbc = jdbc;
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
        List<Line> lines = new ArrayList<>();
        for (DomainEventMessage<OrderEvent> event : versions.sort(events).fresh()) {
            String orderId = event.getAggregateIdentifier();
            SummaryRow row = SummaryRow.after(rows.get(orderId), event);
            rows.put(orderId, row);
            changed.put(orderId, row);
            if (event.getPayload() instanceof OrderPlaced placed) {
                placed.lines().forEach(line -> lines.add(new Line(placed.orderId(), line)));
            }
        }
        if (!changed.isEmpty()) {
            writeRows(changed.values());
        }
        if (!lines.isEmpty()) {
            writeLines(lines);
        }
    }

    private record Line(OrderId orderId, OrderLine line) {}

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

    private void writeLines(List<Line> lines) {
        jdbc.sql(WRITE_LINES)
                .param(texts(lines, Line::orderId))
                .param(numbers(lines, line -> line.line().number()))
                .param(texts(lines, line -> line.line().sku()))
                .param(texts(lines, line -> line.line().name()))
                .param(numbers(lines, line -> line.line().quantity().value()))
                .param(numbers(lines, line -> line.line().unitPrice().amount()))
                .param(texts(lines, line -> line.line().unitPrice().currency()))
                .param(flags(lines, line -> line.line().stocked()))
                .update();
    }
}
