package io.orderflow.messaging.cloudevents;

import io.orderflow.messaging.cloudevents.Attributes.Attribute;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** A record as it was polled. What is asked here of one that is not ours, or broken, has an answer, too. */
public final class ReceivedRecord {

    private final ConsumerRecord<String, byte[]> polled;
    private final Attributes attributes;

    public ReceivedRecord(ConsumerRecord<String, byte[]> polled) {
        this.polled = polled;
        this.attributes = Attributes.read(polled.headers());
    }

    public ConsumerRecord<String, byte[]> polled() {
        return polled;
    }

    public long offset() {
        return polled.offset();
    }

    Attributes attributes() {
        return attributes;
    }

    /** The contract name of its message; null when it has none. */
    public @Nullable String type() {
        return attributes.find(Attribute.TYPE);
    }

    /** Index of its event in the store; null for what was never in one (commands), or says so unreadably. */
    public @Nullable Long globalIndex() {
        String index = attributes.find(Attribute.GLOBAL_INDEX);
        return index != null && isNumber(index) ? Long.valueOf(index) : null;
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.length() <= 18 && text.chars().allMatch(digit -> digit >= '0' && digit <= '9');
    }

    /** Life of the store that its event comes from; null for what was never in a store. */
    public @Nullable String epoch() {
        return attributes.find(Attribute.EPOCH);
    }

    @Nullable String orderId() {
        return attributes.find(Attribute.ORDER_ID);
    }

    /** Where it stands, for people. */
    @Override
    public String toString() {
        return polled.topic() + "-" + polled.partition() + " offset " + polled.offset();
    }
}
