package io.orderflow.messaging.cloudevents;

/**
 * Which records must be applied one after the other, so that when one cannot be, the later ones wait behind it. Read
 * from key and headers only: it must be known also for a record that cannot be read.
 */
public final class Sequences {

    private Sequences() {}

    /** By aggregate: the record's key. */
    public static String byKey(ReceivedRecord received) {
        String key = received.polled().key();
        return key != null
                ? key
                : received.polled().topic() + "-" + received.polled().partition();
    }

    /** By order, also for inventory events, whose key is the sku. */
    public static String byOrder(ReceivedRecord received) {
        String orderId = received.orderId();
        return orderId != null ? orderId : byKey(received);
    }

    /** By target and order: a command that fails on a product must hold up its own order, not the product. */
    public static String byTargetAndOrder(ReceivedRecord received) {
        String orderId = received.orderId();
        return orderId != null ? byKey(received) + "/" + orderId : byKey(received);
    }
}
