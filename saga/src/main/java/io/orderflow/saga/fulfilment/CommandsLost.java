package io.orderflow.saga.fulfilment;

import io.orderflow.api.order.OrderId;

/** What was asked for an order may never have arrived: Kafka lost its data. */
record CommandsLost(OrderId orderId) {}
