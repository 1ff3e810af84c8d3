package io.orderflow.query.order;

import io.orderflow.api.MessageTypes;
import io.orderflow.api.order.OrderEvent;
import io.orderflow.api.order.OrderStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.axonframework.eventhandling.DomainEventMessage;

/**
 * An order has changed.
 *
 * @param orderId which one
 * @param version of the order, now
 * @param type contract name of the event
 * @param status of the order, now
 * @param at when it happened
 */
record Change(UUID orderId, long version, String type, OrderStatus status, String customerId, Instant at) {

    /** The change that {@code event} made, {@code row} being the order afterwards. */
    static Change to(SummaryRow row, DomainEventMessage<OrderEvent> event) {
        return new Change(
                UUID.fromString(row.orderId),
                event.getSequenceNumber(),
                MessageTypes.EVENTS.typeOf(event.getPayloadType()).orElseThrow().name(),
                row.status,
                row.customerId,
                event.getTimestamp());
    }

    static Change read(ResultSet row) throws SQLException {
        return new Change(
                row.getObject("order_id", UUID.class),
                row.getLong("version"),
                row.getString("type"),
                OrderStatus.valueOf(row.getString("status")),
                row.getString("customer_id"),
                row.getObject("at", OffsetDateTime.class).toInstant());
    }
}
