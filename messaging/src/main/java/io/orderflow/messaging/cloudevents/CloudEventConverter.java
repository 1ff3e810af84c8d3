package io.orderflow.messaging.cloudevents;

import io.orderflow.messaging.cloudevents.Attributes.Attribute;
import io.orderflow.messaging.serialization.StoredPayloads;
import io.orderflow.messaging.serialization.UnknownMessageTypeException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.extensions.kafka.eventhandling.KafkaMessageConverter;
import org.axonframework.serialization.LazyDeserializingObject;
import org.axonframework.serialization.SerializedMessage;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;

/**
 * Events as CloudEvents 1.0 in binary mode: attributes in headers, the stored JSON bytes unchanged as the value, the
 * aggregate's id as the key. Each carries the index under which it is stored and the epoch of its store.
 *
 * <p>Unlike the extension's converters this one never drops what it cannot read: {@link #readKafkaMessage} throws.
 */
public final class CloudEventConverter implements KafkaMessageConverter<String, byte[]> {

    private static final String SOURCE = "/orderflow/command-side";

    private final Serializer serializer;
    private final StoredPayloads payloads;
    private final Supplier<UUID> epoch;

    /** @param epoch the life of the store that events are published from; asked once per published event */
    public CloudEventConverter(Serializer serializer, Supplier<UUID> epoch) {
        this.serializer = serializer;
        this.payloads = new StoredPayloads(serializer);
        this.epoch = epoch;
    }

    /** A converter for those who only read. */
    public static CloudEventConverter forReading(Serializer serializer) {
        return new CloudEventConverter(serializer, () -> {
            throw new IllegalStateException("only the owner of the event store publishes events");
        });
    }

    @Override
    public ProducerRecord<String, byte[]> createKafkaMessage(EventMessage<?> message, String topic) {
        DomainEventMessage<?> event = (DomainEventMessage<?>) message;
        SerializedObject<byte[]> payload = event.serializePayload(serializer, byte[].class);
        ProducerRecord<String, byte[]> published = new ProducerRecord<>(
                topic, null, event.getTimestamp().toEpochMilli(), event.getAggregateIdentifier(), payload.getData());
        Headers headers = published.headers();
        Attributes.begin(headers);
        Attributes.set(headers, Attribute.ID, event.getIdentifier());
        Attributes.set(headers, Attribute.SOURCE, SOURCE);
        Attributes.set(headers, Attribute.TYPE, payload.getType().getName());
        Attributes.set(headers, Attribute.REVISION, payload.getType().getRevision());
        Attributes.set(headers, Attribute.TIME, event.getTimestamp().toString());
        Attributes.set(headers, Attribute.SUBJECT, event.getAggregateIdentifier());
        Attributes.set(headers, Attribute.AGGREGATE_TYPE, event.getType());
        Attributes.set(headers, Attribute.SEQUENCE, Long.toString(event.getSequenceNumber()));
        if (message instanceof TrackedEventMessage<?> tracked
                && tracked.trackingToken() instanceof GlobalSequenceTrackingToken index) {
            Attributes.set(headers, Attribute.GLOBAL_INDEX, Long.toString(index.getGlobalIndex()));
            Attributes.set(headers, Attribute.EPOCH, epoch.get().toString());
        }
        Attributes.setMetadata(headers, event.getMetaData());
        return published;
    }

    /** As {@link #read}; never empty. */
    @Override
    public Optional<EventMessage<?>> readKafkaMessage(ConsumerRecord<String, byte[]> received) {
        return Optional.of(read(new ReceivedRecord(received)));
    }

    /**
     * The event in {@code received} in today's revision, its tracking token being its index in the store.
     *
     * @throws UnknownMessageTypeException when its type or revision is not known to this release
     * @throws UnreadableRecordException when it is not an event of ours
     */
    public EventMessage<?> read(ReceivedRecord received) {
        Attributes attributes = received.attributes();
        byte[] value = received.polled().value();
        if (value == null) {
            throw new UnreadableRecordException("the record has no value");
        }
        SerializedMessage<?> content = new SerializedMessage<>(
                attributes.get(Attribute.ID),
                new LazyDeserializingObject<>(
                        payloads.inTodaysRevision(new SimpleSerializedObject<>(value, byte[].class, attributes.type())),
                        serializer),
                new LazyDeserializingObject<>(attributes.metadata()));
        Instant time = time(attributes);
        return new GenericTrackedDomainEventMessage<>(
                new GlobalSequenceTrackingToken(attributes.getLong(Attribute.GLOBAL_INDEX)),
                new GenericDomainEventMessage<>(
                        attributes.get(Attribute.AGGREGATE_TYPE),
                        attributes.get(Attribute.SUBJECT),
                        attributes.getLong(Attribute.SEQUENCE),
                        content,
                        () -> time));
    }

    private static Instant time(Attributes attributes) {
        String time = attributes.get(Attribute.TIME);
        try {
            return Timestamps.parse(time);
        } catch (DateTimeException e) {
            throw new UnreadableRecordException("header ce_time is not a time: " + time);
        }
    }
}
