package io.orderflow.query.statistics;

/** What is counted. */
enum Measure {
    /** Orders placed, and their totals; by currency. */
    PLACED,
    /** Amounts taken: the revenue; by currency. */
    CAPTURED,
    /** Orders that reached their customer. */
    DELIVERED,
    /** Orders that could not be fulfilled; by reason. */
    REJECTED,
    /** Orders that were called off; by whom. */
    CANCELLED
}
