package io.orderflow.query.order;

import io.orderflow.api.order.OrderStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;

/** Orders from rows of {@code order_summary}. Read by hand, since Hibernate needs a transaction and longer. */
final class OrderRows {

    /** Of {@code order_summary o}, in the order in which they are read. */
    static final String COLUMNS = "o.order_id, o.customer_id, o.email, o.phone, o.status, o.reason, o.detail, o.lines,"
            + " o.total_amount, o.currency, o.payment, o.tracking_number, o.version, o.placed_at, o.updated_at";

    private OrderRows() {}

    static OrderSummary read(ResultSet row, int number) throws SQLException {
        OrderSummary order = new OrderSummary();
        order.orderId = row.getObject(1, UUID.class);
        order.customerId = row.getString(2);
        order.email = row.getString(3);
        order.phone = row.getString(4);
        order.status = OrderStatus.valueOf(row.getString(5));
        order.reason = row.getString(6);
        order.detail = row.getString(7);
        order.lines = row.getString(8);
        order.totalAmount = row.getLong(9);
        order.currency = row.getString(10);
        order.payment = PaymentState.valueOf(row.getString(11));
        order.trackingNumber = row.getString(12);
        order.version = row.getLong(13);
        order.placedAt = time(row, 14);
        order.updatedAt = time(row, 15);
        return order;
    }

    private static Instant time(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
