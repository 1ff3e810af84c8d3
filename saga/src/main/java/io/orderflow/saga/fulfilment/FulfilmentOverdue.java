package io.orderflow.saga.fulfilment;

import io.orderflow.api.order.OrderId;

/** The time in which stock and payment must be arranged is over. Told to the saga only. */
record FulfilmentOverdue(OrderId orderId) {}
