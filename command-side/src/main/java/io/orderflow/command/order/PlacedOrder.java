package io.orderflow.command.order;

import io.orderflow.api.inventory.ProductName;
import io.orderflow.api.inventory.Quantity;
import io.orderflow.api.inventory.Sku;
import io.orderflow.api.order.CustomerId;
import io.orderflow.api.order.OrderCommand.PlaceOrder;
import io.orderflow.api.order.OrderEvent.OrderPlaced;
import io.orderflow.api.order.OrderId;
import io.orderflow.api.order.OrderLine;
import io.orderflow.api.order.OrderStatus;
import io.orderflow.api.payment.Amount;
import io.orderflow.api.payment.Money;
import java.util.List;

/**
 * The answer to an order that was accepted; the same however often and whenever the request is repeated.
 *
 * @param version sequence number of the order's last event
 */
record PlacedOrder(
        OrderId orderId, CustomerId customerId, OrderStatus status, long version, List<Line> lines, Amount total) {

    record Line(int number, Sku sku, ProductName name, Quantity quantity, Amount unitPrice) {

        private static Line of(OrderLine line) {
            return new Line(line.number(), line.sku(), line.name(), line.quantity(), Amount.of(line.unitPrice()));
        }
    }

    static PlacedOrder of(OrderPlaced event) {
        return of(event.orderId(), event.customer(), event.lines(), event.total());
    }

    /** @param command that was accepted, hence with lines in one currency */
    static PlacedOrder of(PlaceOrder command) {
        Money total = command.lines().stream()
                .map(OrderLine::amount)
                .reduce(Money::plus)
                .orElseThrow();
        return of(command.orderId(), command.customer(), command.lines(), total);
    }

    private static PlacedOrder of(OrderId id, CustomerId customer, List<OrderLine> lines, Money total) {
        return new PlacedOrder(
                id,
                customer,
                OrderStatus.PLACED,
                0,
                lines.stream().map(Line::of).toList(),
                Amount.of(total));
    }
}
