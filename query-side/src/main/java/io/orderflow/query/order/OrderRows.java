package io.orderflow.query.order;

import io.orderflow.api.order.OrderStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Orders from rows that each have one of their lines: a page is one statement, and one state of the tables. Read by hand,
 * since Hibernate needs a transaction and a statement more.
 */
final class OrderRows {

    /** Of {@code order_summary o} and {@code order_line l}, in the order in which they are read. */
    static final String COLUMNS = "o.order_id, o.customer_id, o.email, o.phone, o.status, o.reason, o.detail,"
            + " o.total_amount, o.currency, o.payment, o.tracking_number, o.version, o.placed_at, o.updated_at,"
            + " l.number, l.sku, l.name, l.quantity, l.unit_amount, l.currency, l.stocked";

    private OrderRows() {}

    /** @param rows those of an order follow one another, in the order of its lines */
    static List<OrderSummary> read(ResultSet rows) throws SQLException {
        List<OrderSummary> orders = new ArrayList<>();
        UUID last = null;
        while (rows.next()) {
            UUID id = rows.getObject(1, UUID.class);
            if (!id.equals(last)) {
                orders.add(order(id, rows));
                last = id;
            }
            if (rows.getString(16) != null) {
                orders.getLast().lines.add(line(rows));
            }
        }
        return orders;
    }

    private static OrderSummary order(UUID id, ResultSet row) throws SQLException {
        OrderSummary order = new OrderSummary();
        order.orderId = id;
        order.customerId = row.getString(2);
        order.email = row.getString(3);
        order.phone = row.getString(4);
        order.status = OrderStatus.valueOf(row.getString(5));
        order.reason = row.getString(6);
        order.detail = row.getString(7);
        order.totalAmount = row.getLong(8);
        order.currency = row.getString(9);
        order.payment = PaymentState.valueOf(row.getString(10));
        order.trackingNumber = row.getString(11);
        order.version = row.getLong(12);
        order.placedAt = time(row, 13);
        order.updatedAt = time(row, 14);
        order.lines = new ArrayList<>();
        return order;
    }

    private static SummaryLine line(ResultSet row) throws SQLException {
        return new SummaryLine(
                row.getInt(15),
                row.getString(16),
                row.getString(17),
                row.getInt(18),
                row.getLong(19),
                row.getString(20),
                row.getBoolean(21));
    }

    private static Instant time(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
