package io.orderflow.api.inventory;

import io.orderflow.api.order.OrderId;
import io.orderflow.api.payment.Money;

/** What happened to a product and its stock. On hand = available + reserved. */
public sealed interface InventoryEvent {

    Sku sku();

    /** The product is in the catalogue, without stock. */
    record ProductRegistered(Sku sku, ProductName name, Money price) implements InventoryEvent {}

    /** The product has another name or price from now on; placed orders keep theirs. */
    record ProductChanged(Sku sku, ProductName name, Money price) implements InventoryEvent {}

    /**
     * Stock was counted up or down.
     *
     * @param onHand pieces on hand afterwards, reserved ones included
     */
    record StockAdjusted(Sku sku, AdjustmentId adjustmentId, int change, int onHand, String reason)
            implements InventoryEvent {}

    /** What happened to the reservation of one line of one order. */
    sealed interface ReservationEvent extends InventoryEvent {

        OrderId orderId();

        int line();
    }

    /** Pieces are put aside for the line. */
    record StockReserved(Sku sku, OrderId orderId, int line, Quantity quantity) implements ReservationEvent {}

    /** There was not enough for the line; nothing is put aside. */
    record StockReservationRefused(Sku sku, OrderId orderId, int line, Quantity requested, int available)
            implements ReservationEvent {}

    /**
     * The line's pieces are available again.
     *
     * @param quantity pieces given back; 0 when none were put aside
     */
    record StockReleased(Sku sku, OrderId orderId, int line, int quantity) implements ReservationEvent {}

    /** The line's pieces have left. */
    record StockSold(Sku sku, OrderId orderId, int line, Quantity quantity) implements ReservationEvent {}
}
