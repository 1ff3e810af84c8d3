package io.orderflow.messaging.cloudevents;

import io.orderflow.messaging.serialization.StoredPayloads;
import io.orderflow.messaging.serialization.UnknownMessageTypeException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
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
import org.jspecify.annotations.Nullable;

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
        Attributes.begin(published.headers());
        Attributes attributes = new Attributes(published.headers());
        attributes.set(Attributes.ID, event.getIdentifier());
        attributes.set(Attributes.SOURCE, SOURCE);
        attributes.set(Attributes.TYPE, payload.getType().getName());
        attributes.set(Attributes.REVISION, payload.getType().getRevision());
        attributes.set(Attributes.TIME, event.getTimestamp().toString());
        attributes.set(Attributes.SUBJECT, event.getAggregateIdentifier());
        attributes.set(Attributes.AGGREGATE_TYPE, event.getType());
        attributes.set(Attributes.SEQUENCE, Long.toString(event.getSequenceNumber()));
        if (message instanceof TrackedEventMessage<?> tracked
                && tracked.trackingToken() instanceof GlobalSequenceTrackingToken index) {
            attributes.set(Attributes.GLOBAL_INDEX, Long.toString(index.getGlobalIndex()));
            attributes.set(Attributes.EPOCH, epoch.get().toString());
        }
        attributes.setMetadata(event.getMetaData());
        return published;
    }

    /**
     * The event in {@code received} in today's revision, its tracking token being its index in the store. Never empty.
     *
     * @throws UnknownMessageTypeException when its type or revision is not known to this release
     * @throws UnreadableRecordException when it is not an event of ours
     */
    @Override
    public Optional<EventMessage<?>> readKafkaMessage(ConsumerRecord<String, byte[]> received) {
        Attributes attributes = Attributes.read(received.headers());
        if (received.value() == null) {
            throw new UnreadableRecordException("the record has no value");
        }
        SerializedMessage<?> content = new SerializedMessage<>(
                attributes.get(Attributes.ID),
                new LazyDeserializingObject<>(
                        payloads.inTodaysRevision(
                                new SimpleSerializedObject<>(received.value(), byte[].class, attributes.type())),
                        serializer),
                new LazyDeserializingObject<>(attributes.metadata()));
        Instant time = time(attributes);
        return Optional.of(new GenericTrackedDomainEventMessage<>(
                new GlobalSequenceTrackingToken(attributes.getLong(Attributes.GLOBAL_INDEX)),
                new GenericDomainEventMessage<>(
                        attributes.get(Attributes.AGGREGATE_TYPE),
                        attributes.get(Attributes.SUBJECT),
                        attributes.getLong(Attributes.SEQUENCE),
                        content,
                        () -> time)));
    }

    /** The contract name of the event in {@code received}; null when it has none. */
    public static @Nullable String typeOf(ConsumerRecord<String, byte[]> received) {
        return new Attributes(received.headers()).find(Attributes.TYPE);
    }

    private static Instant time(Attributes attributes) {
        String time = attributes.get(Attributes.TIME);
        try {
            return Timestamps.parse(time);
        } catch (DateTimeException e) {
            throw new UnreadableRecordException("header ce_time is not a time: " + time);
        }
    }
}
