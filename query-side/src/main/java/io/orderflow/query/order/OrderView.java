package io.orderflow.query.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.orderflow.api.order.OrderStatus;
import io.orderflow.api.payment.Amount;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An order as the outside reads it.
 *
 * @param reason why it ended early
 * @param lines {@link OrderLines}
 * @param version of the last event that is in it; also its entity tag
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record OrderView(
        UUID orderId,
        String customerId,
        @Nullable String email,
        @Nullable String phone,
        OrderStatus status,
        @Nullable String reason,
        @Nullable String detail,

        @ArraySchema(schema = @Schema(implementation = OrderLines.Line.class)) @JsonRawValue
        String lines,

        Amount total,
        PaymentState payment,
        @Nullable String trackingNumber,
        long version,
        Instant placedAt,
        Instant updatedAt) {

    /** An order as it is while its events are folded. */
    static OrderView of(SummaryRow order) {
        return new OrderView(
                UUID.fromString(order.orderId),
                order.customerId,
                order.email,
                order.phone,
                order.status,
                order.reason,
                order.detail,
                order.lines,
                Amount.of(order.totalAmount, order.currency),
                order.payment,
                order.trackingNumber,
                order.version,
                order.placedAt,
                order.updatedAt);
    }

    static OrderView of(OrderSummary order) {
        return new OrderView(
                order.orderId,
                order.customerId,
                order.email,
                order.phone,
                order.status,
                order.reason,
                order.detail,
                order.lines,
                Amount.of(order.totalAmount, order.currency),
                order.payment,
                order.trackingNumber,
                order.version,
                order.placedAt,
                order.updatedAt);
    }
}
