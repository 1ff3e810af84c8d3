package io.orderflow.messaging.cloudevents;

import io.orderflow.messaging.cloudevents.Attributes.Attribute;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedType;

/**
 * An event as its record tells it, whatever release has stored it: neither upcast nor deserialized.
 *
 * @param epoch life of the store that it was published from
 * @param index under which it is stored
 * @param place of its record, for people
 */
public record PublishedEvent(
        UUID epoch,
        long index,
        String id,
        String aggregateType,
        String aggregate,
        long sequence,
        Instant time,
        SerializedType type,
        byte[] payload,
        MetaData metadata,
        String place) {

    /** The event in {@code received}; empty when that is none of a store's. */
    public static Optional<PublishedEvent> of(ConsumerRecord<String, byte[]> received) {
        Attributes attributes = Attributes.read(received.headers());
        if (received.value() == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new PublishedEvent(
                    UUID.fromString(attributes.get(Attribute.EPOCH)),
                    attributes.getLong(Attribute.GLOBAL_INDEX),
                    attributes.get(Attribute.ID),
                    attributes.get(Attribute.AGGREGATE_TYPE),
                    attributes.get(Attribute.SUBJECT),
                    attributes.getLong(Attribute.SEQUENCE),
                    Instant.parse(attributes.get(Attribute.TIME)),
                    new SimpleSerializedType(attributes.get(Attribute.TYPE), attributes.find(Attribute.REVISION)),
                    received.value(),
                    attributes.metadata(),
                    received.topic() + "-" + received.partition() + " offset " + received.offset()));
        } catch (UnreadableRecordException | IllegalArgumentException | DateTimeException e) {
            return Optional.empty(); // readers have parked it: it is nothing that was ever stored
        }
    }
}
