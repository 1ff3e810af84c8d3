package io.orderflow.messaging.cloudevents;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Which records must be applied one after the other, so that when one cannot be, the later ones wait behind it. Read
 * from key and headers only: it must be known also for a record that cannot be read.
 */
public final class Sequences {

    private Sequences() {}

    /** By aggregate: the record's key. */
    public static String byKey(ConsumerRecord<String, byte[]> received) {
        return received.key() != null ? received.key() : received.topic() + "-" + received.partition();
    }

    /** By order, also for inventory events, whose key is the sku. */
    public static String byOrder(ConsumerRecord<String, byte[]> received) {
        String orderId = orderIdOf(received);
        return orderId != null ? orderId : byKey(received);
    }

    /** By target and order: a command that fails on a product must hold up its own order, not the product. */
    public static String byTargetAndOrder(ConsumerRecord<String, byte[]> received) {
        String orderId = orderIdOf(received);
        return orderId != null ? byKey(received) + "/" + orderId : byKey(received);
    }

    /** Index of the record's event in the store; null for what was never in one (commands), or says so unreadably. */
    public static @Nullable Long globalIndexOf(ConsumerRecord<String, byte[]> received) {
        String index = new Attributes(received.headers()).find(Attributes.GLOBAL_INDEX);
        return index != null && isNumber(index) ? Long.valueOf(index) : null;
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.length() <= 18 && text.chars().allMatch(digit -> digit >= '0' && digit <= '9');
    }

    /** Life of the store that the record's event comes from; null for what was never in a store. */
    public static @Nullable String epochOf(ConsumerRecord<String, byte[]> received) {
        return new Attributes(received.headers()).find(Attributes.EPOCH);
    }

    private static @Nullable String orderIdOf(ConsumerRecord<String, byte[]> received) {
        return new Attributes(received.headers()).find(Attributes.ORDER_ID);
    }
}
