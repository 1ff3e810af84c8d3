package io.orderflow.query.statistics;

import java.time.Instant;

/**
 * What must be known of an order to count its later events.
 *
 * @param version of the last event that was counted
 */
record CountedOrder(String orderId, Instant placedAt, long version) {}
