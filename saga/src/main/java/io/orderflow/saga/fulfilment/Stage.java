package io.orderflow.saga.fulfilment;

/** Where the fulfilment of an order is. */
enum Stage {
    /** Stock was asked for. */
    RESERVING,
    /** The payment provider was asked to hold the amount. */
    AUTHORIZING,
    /** Stock and payment are arranged, and the order was told. */
    CONFIRMING,
    /** The carrier was asked to take the parcel. */
    DISPATCHING,
    /** The parcel is under way, and the amount is being taken. */
    DELIVERING,
    /** What was done is being undone. */
    COMPENSATING,
    /** Nothing is waited for any more. */
    FINISHED
}
