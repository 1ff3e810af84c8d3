package io.orderflow.api.order;

/**
 * Where an order is on its way: PLACED, CONFIRMED, SHIPPED, DELIVERED; or it ended early as REJECTED (out of stock,
 * payment declined, timed out) or CANCELLED (by the customer or an operator).
 */
public enum OrderStatus {
    /** Accepted and stored; stock and payment are being arranged. */
    PLACED,
    /** Stock is reserved and the amount is held; the parcel can leave. */
    CONFIRMED,
    /** The carrier has the parcel. */
    SHIPPED,
    /** The customer has the parcel. */
    DELIVERED,
    /** The order could not be fulfilled; nothing was taken from the customer. */
    REJECTED,
    /** Somebody called it off before it was shipped; nothing was taken from the customer. */
    CANCELLED;

    /** Whether nothing more will happen to an order in this status. */
    public boolean isTerminal() {
        return switch (this) {
            case PLACED, CONFIRMED, SHIPPED -> false;
            case DELIVERED, REJECTED, CANCELLED -> true;
        };
    }
}
