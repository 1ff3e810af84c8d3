package io.orderflow.query.order;

import static io.orderflow.query.projection.Columns.numbers;
import static io.orderflow.query.projection.Columns.textIds;
import static io.orderflow.query.projection.Columns.texts;
import static io.orderflow.query.projection.Columns.times;

import io.orderflow.query.projection.Writes;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Each order as it is now: table {@code order_summary}. */
@Component
class SummaryTable {

    private static final String FIND = "SELECT * FROM order_summary WHERE order_id = ANY (?::uuid[])";

    private static final String INSERT = """
            INSERT INTO order_summary (order_id, customer_id, email, phone, status, reason, detail, lines, total_amount,
                currency, payment, tracking_number, version, placed_at, updated_at)
            SELECT * FROM unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::json[],
                ?::bigint[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::timestamptz[], ?::timestamptz[]) AS r (order_id)
            ORDER BY r.order_id
            """;

    // ANY (ARRAY[...]) can only be looked up; a join by = can begin with the whole table, and does for each batch
    // where it was planned when that had a row or two
    private static final String UPDATE = """
            UPDATE order_summary o SET status = r.status, reason = r.reason, detail = r.detail, payment = r.payment,
                tracking_number = r.tracking_number, version = r.version, updated_at = r.updated_at
            FROM unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::timestamptz[])
                AS r (order_id, status, reason, detail, payment, tracking_number, version, updated_at)
            WHERE o.order_id = ANY (ARRAY[r.order_id])
            """;

    private final JdbcClient jdbc;

    SummaryTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The rows of these orders, by order id; orders that the table does not have are left out. */
    Map<String, SummaryRow> find(Collection<String> orderIds) {
        Map<String, SummaryRow> rows = new HashMap<>();
        jdbc.sql(FIND)
                .param(textIds(orderIds, id -> id))
                .query((row, number) -> new SummaryRow(row))
                .list()
                .forEach(row -> rows.put(row.orderId, row));
        return rows;
    }

    static void insert(Collection<SummaryRow> rows, Writes writes) {
        writes.add(
                INSERT,
                textIds(rows, row -> row.orderId),
                texts(rows, row -> row.customerId),
                texts(rows, row -> row.email),
                texts(rows, row -> row.phone),
                texts(rows, row -> row.status),
                texts(rows, row -> row.reason),
                texts(rows, row -> row.detail),
                texts(rows, row -> row.lines),
                numbers(rows, row -> row.totalAmount),
                texts(rows, row -> row.currency),
                texts(rows, row -> row.payment),
                texts(rows, row -> row.trackingNumber),
                numbers(rows, row -> row.version),
                times(rows, row -> row.placedAt),
                times(rows, row -> row.updatedAt));
    }

    /** @param rows that were found in the table */
    static void update(Collection<SummaryRow> rows, Writes writes) {
        writes.addTouching(
                rows.size(),
                UPDATE,
                textIds(rows, row -> row.orderId),
                texts(rows, row -> row.status),
                texts(rows, row -> row.reason),
                texts(rows, row -> row.detail),
                texts(rows, row -> row.payment),
                texts(rows, row -> row.trackingNumber),
                numbers(rows, row -> row.version),
                times(rows, row -> row.updatedAt));
    }
}
