package io.orderflow.api.order;

/** Who called an order off. */
public enum CancelledBy {
    CUSTOMER,
    OPERATOR
}
