package io.orderflow.api.order;

/** Why an order could not be fulfilled. */
public enum RejectionReason {
    OUT_OF_STOCK,
    PAYMENT_DECLINED,
    TIMED_OUT
}
