package io.orderflow.messaging.serialization;

import io.orderflow.messaging.serialization.revisions.Revisions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.axonframework.eventhandling.EventData;
import org.axonframework.eventhandling.GenericDomainEventEntry;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.UnknownSerializedType;
import org.axonframework.serialization.upcasting.event.InitialEventRepresentation;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;

/**
 * Payloads of events as they were stored, of whichever revision, read in today's. For those who do not read through Axon's
 * event store, which has the same upcasters: readers of topics, and of tables that hold events.
 */
public final class StoredPayloads {

    private static final byte[] NO_METADATA = {'{', '}'};

    private final Serializer serializer;

    public StoredPayloads(Serializer serializer) {
        this.serializer = serializer;
    }

    /**
     * The same event in the revision of today; {@code stored} itself when it has that.
     *
     * @throws UnknownMessageTypeException when its type or revision is a newer release's
     */
    public SerializedObject<?> inTodaysRevision(SerializedObject<?> stored) {
        return isKnown(stored.getType()) ? stored : upcast(stored);
    }

    /** @throws UnknownMessageTypeException when its type or revision is a newer release's */
    @SuppressWarnings("TypeParameterUnusedInFormals") // as Axon's own
    public <E> E read(SerializedObject<?> stored) {
        return serializer.deserialize(inTodaysRevision(stored));
    }

    private SerializedObject<?> upcast(SerializedObject<?> stored) {
        List<IntermediateEventRepresentation> upcast = Revisions.UPCASTERS
                .upcast(Stream.of(new InitialEventRepresentation(payloadOnly(stored), serializer)))
                .toList();
        if (upcast.size() != 1) {
            throw new IllegalStateException("upcasters must neither drop nor split " + stored.getType());
        }
        SerializedObject<?> today = upcast.getFirst().getData();
        if (!isKnown(today.getType())) {
            throw new UnknownMessageTypeException(stored.getType());
        }
        return today;
    }

    private boolean isKnown(SerializedType type) {
        return serializer.classForType(type) != UnknownSerializedType.class;
    }

    // what an upcaster may look at: some of our readers have no more
    private EventData<?> payloadOnly(SerializedObject<?> stored) {
        byte[] json = serializer.getConverter().convert(stored, byte[].class).getData();
        SerializedType type = stored.getType();
        return new GenericDomainEventEntry<>(
                "", "", 0, "", Instant.EPOCH, type.getName(), type.getRevision(), json, NO_METADATA);
    }
}
