package io.orderflow.query.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.orderflow.api.order.OrderLine;
import io.orderflow.api.order.OrderStatus;
import io.orderflow.api.payment.Amount;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An order as the outside reads it.
 *
 * @param reason why it ended early
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
        List<Line> lines,
        Amount total,
        PaymentState payment,
        @Nullable String trackingNumber,
        long version,
        Instant placedAt,
        Instant updatedAt) {

    /** A line of it. */
    record Line(int number, String sku, String name, int quantity, Amount unitPrice, Amount amount, boolean stocked) {

        static Line of(SummaryLine line) {
            return new Line(
                    line.number(),
                    line.sku(),
                    line.name(),
                    line.quantity(),
                    Amount.of(line.unitAmount(), line.currency()),
                    Amount.of(Math.multiplyExact(line.unitAmount(), line.quantity()), line.currency()),
                    line.stocked());
        }

        static Line of(OrderLine line) {
            return new Line(
                    line.number(),
                    line.sku().value(),
                    line.name().value(),
                    line.quantity().value(),
                    Amount.of(line.unitPrice()),
                    Amount.of(line.amount()),
                    line.stocked());
        }
    }

    /** An order as it is while its events are folded. */
    static OrderView of(SummaryRow order, List<OrderLine> lines) {
        return new OrderView(
                UUID.fromString(order.orderId),
                order.customerId,
                order.email,
                order.phone,
                order.status,
                order.reason,
                order.detail,
                lines.stream().map(Line::of).toList(),
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
                order.lines.stream().map(Line::of).toList(),
                Amount.of(order.totalAmount, order.currency),
                order.payment,
                order.trackingNumber,
                order.version,
                order.placedAt,
                order.updatedAt);
    }
}
