package io.orderflow.query.order;

/** Where an order's payment is on its way. */
enum PaymentState {
    /** The payment provider was not asked, or has not answered. */
    OPEN,
    AUTHORIZED,
    DECLINED,
    CAPTURED,
    VOIDED
}
