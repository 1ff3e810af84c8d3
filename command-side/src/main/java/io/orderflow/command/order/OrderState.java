package io.orderflow.command.order;

import io.orderflow.api.order.OrderId;
import io.orderflow.api.order.OrderStatus;

/**
 * Where an order stands after a command.
 *
 * @param version sequence number of its last event
 */
record OrderState(OrderId orderId, OrderStatus status, long version) {}
