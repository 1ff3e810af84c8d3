package io.orderflow.query.order;

import io.orderflow.api.order.OrderEvent;
import io.orderflow.api.order.OrderEvent.OrderCancelled;
import io.orderflow.api.order.OrderEvent.OrderConfirmed;
import io.orderflow.api.order.OrderEvent.OrderDelivered;
import io.orderflow.api.order.OrderEvent.OrderPlaced;
import io.orderflow.api.order.OrderEvent.OrderRejected;
import io.orderflow.api.order.OrderEvent.OrderShipped;
import io.orderflow.api.order.OrderEvent.PaymentAuthorized;
import io.orderflow.api.order.OrderEvent.PaymentCaptured;
import io.orderflow.api.order.OrderEvent.PaymentDeclined;
import io.orderflow.api.order.OrderEvent.PaymentVoided;
import io.orderflow.api.order.OrderStatus;
import io.orderflow.query.projection.InconsistentHistoryException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.axonframework.eventhandling.DomainEventMessage;
import org.jspecify.annotations.Nullable;

/** The row of one order while a batch is applied to it. */
final class SummaryRow {

    final String orderId;
    final String customerId;
    final @Nullable String email;
    final @Nullable String phone;
    final String lines;
    final long totalAmount;
    final String currency;
    final Instant placedAt;
    OrderStatus status;
    PaymentState payment;

    @Nullable String reason;

    @Nullable String detail;

    @Nullable String trackingNumber;

    long version;
    Instant updatedAt;

    private SummaryRow(OrderPlaced placed, Instant at) {
        orderId = placed.orderId().toString();
        customerId = placed.customer().value();
        email = placed.email() == null ? null : placed.email().value();
        phone = placed.phone() == null ? null : placed.phone().value();
        lines = OrderLines.toJson(placed.lines());
        totalAmount = placed.total().amount();
        currency = placed.total().currency().getCurrencyCode();
        placedAt = at;
        status = OrderStatus.PLACED;
        payment = PaymentState.OPEN;
        updatedAt = at;
    }

    /** A row as it stands in the table. */
    SummaryRow(ResultSet row) throws SQLException {
        orderId = row.getString("order_id");
        customerId = row.getString("customer_id");
        email = row.getString("email");
        phone = row.getString("phone");
        lines = row.getString("lines");
        totalAmount = row.getLong("total_amount");
        currency = row.getString("currency");
        placedAt = row.getObject("placed_at", OffsetDateTime.class).toInstant();
        status = OrderStatus.valueOf(row.getString("status"));
        payment = PaymentState.valueOf(row.getString("payment"));
        reason = row.getString("reason");
        detail = row.getString("detail");
        trackingNumber = row.getString("tracking_number");
        version = row.getLong("version");
        updatedAt = row.getObject("updated_at", OffsetDateTime.class).toInstant();
    }

    /** The row after {@code event}; {@code before} is null for an order that the table does not have. */
    static SummaryRow after(@Nullable SummaryRow before, DomainEventMessage<OrderEvent> event) {
        if (event.getPayload() instanceof OrderPlaced placed) {
            if (before != null) {
                throw new InconsistentHistoryException(event, "places an order that was placed before");
            }
            return new SummaryRow(placed, event.getTimestamp());
        }
        if (before == null) {
            throw new InconsistentHistoryException(event, "came before the order was placed");
        }
        before.apply(event.getPayload());
        before.version = event.getSequenceNumber();
        before.updatedAt = event.getTimestamp();
        return before;
    }

    private void apply(OrderEvent event) {
        switch (event) {
            case OrderPlaced placed -> throw new IllegalStateException("a row is made from " + placed.orderId());
            case PaymentAuthorized authorized -> payment = PaymentState.AUTHORIZED;
            case PaymentDeclined declined -> {
                payment = PaymentState.DECLINED;
                detail = declined.reason();
            }
            case OrderConfirmed confirmed -> status = OrderStatus.CONFIRMED;
            case OrderShipped shipped -> {
                status = OrderStatus.SHIPPED;
                trackingNumber = shipped.trackingNumber().value();
            }
            case PaymentCaptured captured -> payment = PaymentState.CAPTURED;
            case PaymentVoided voided -> payment = PaymentState.VOIDED;
            case OrderDelivered delivered -> status = OrderStatus.DELIVERED;
            case OrderRejected rejected -> {
                status = OrderStatus.REJECTED;
                reason = rejected.reason().name();
                detail = rejected.detail();
            }
            case OrderCancelled cancelled -> {
                status = OrderStatus.CANCELLED;
                reason = "CANCELLED_BY_" + cancelled.by();
                detail = cancelled.note() == null ? null : cancelled.note().value();
            }
        }
    }
}
