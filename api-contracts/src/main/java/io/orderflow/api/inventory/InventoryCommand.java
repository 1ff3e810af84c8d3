package io.orderflow.api.inventory;

import io.orderflow.api.CommandRejected;
import io.orderflow.api.order.OrderId;
import io.orderflow.api.payment.Money;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * What can be asked of a product and its stock. A command that comes again changes nothing. Reservations belong to one
 * line of one order; whether one succeeds is told by an event, never by an exception.
 */
public sealed interface InventoryCommand {

    @TargetAggregateIdentifier
    Sku sku();

    /** Puts a product into the catalogue, or gives it another name or price. Stock starts at zero. */
    record RegisterProduct(Sku sku, ProductName name, Money price) implements InventoryCommand {}

    /**
     * Counts stock up or down. Refused with {@link CommandRejected} when less than what is reserved would be left.
     *
     * @param change pieces that came in (positive) or went out otherwise than by an order (negative)
     */
    record AdjustStock(Sku sku, AdjustmentId adjustmentId, int change, String reason) implements InventoryCommand {}

    /** Puts pieces aside for a line of an order. */
    record ReserveStock(Sku sku, OrderId orderId, int line, Quantity quantity) implements InventoryCommand {}

    /** Gives a line's pieces back, also when they were never reserved: a reservation that comes later is then ignored. */
    record ReleaseStock(Sku sku, OrderId orderId, int line) implements InventoryCommand {}

    /** Takes a line's reserved pieces out of stock: they have left with the parcel. */
    record SellStock(Sku sku, OrderId orderId, int line) implements InventoryCommand {}
}
