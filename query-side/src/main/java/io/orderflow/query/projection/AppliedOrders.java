package io.orderflow.query.projection;

/** How far the tables that answer questions about orders have come. */
public interface AppliedOrders {

    /** Whether every event of an order that was in Kafka when this was asked is in them. False also when Kafka is away. */
    boolean isAll();
}
