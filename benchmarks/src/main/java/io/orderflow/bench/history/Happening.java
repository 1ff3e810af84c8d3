package io.orderflow.bench.history;

import io.orderflow.api.order.OrderEvent;
import java.time.Instant;
import java.util.Map;

/**
 * An event of an order, when it happened, and what else is told of it.
 *
 * @param sequence its place in the order's history, from 0
 */
record Happening(OrderEvent event, long sequence, Instant at, Map<String, String> metaData) {

    Happening notAfter(Instant limit) {
        return at.isAfter(limit) ? new Happening(event, sequence, limit, metaData) : this;
    }
}
