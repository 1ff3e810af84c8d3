package io.orderflow.messaging.cloudevents;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedType;
import org.jspecify.annotations.Nullable;

/**
 * The CloudEvents attributes of a record, as headers named {@code ce_*} (Kafka protocol binding 1.0.2, binary mode). Its
 * headers are looked through once: each record has some fourteen, and is asked for most of them.
 */
final class Attributes {

    /** Attribute names are lower-case letters and digits only, so metadata keys stand here under names of their own. */
    enum Attribute {
        SPEC_VERSION("ce_specversion"),
        ID("ce_id"),
        SOURCE("ce_source"),
        TYPE("ce_type"),
        REVISION("ce_revision"),
        TIME("ce_time"),
        SUBJECT("ce_subject"),
        AGGREGATE_TYPE("ce_aggregatetype"),
        SEQUENCE("ce_sequence"),
        GLOBAL_INDEX("ce_globalindex"),
        EPOCH("ce_epoch"),
        CORRELATION_ID("ce_correlationid", "correlationId"),
        CAUSATION_ID("ce_causationid", "causationId"),
        ORDER_ID("ce_orderid", "orderId"),
        ACTOR("ce_actor", "actor"),
        REQUEST_HASH("ce_requesthash", "requestHash"),
        TRACE_PARENT("ce_traceparent", "traceparent");

        private static final Map<String, Attribute> BY_HEADER = Arrays.stream(values())
                .collect(toUnmodifiableMap(attribute -> attribute.header, attribute -> attribute));

        /** Metadata outside of these does not travel. */
        private static final List<Attribute> METADATA = Arrays.stream(values())
                .filter(attribute -> attribute.metadataKey != null)
                .toList();

        private final String header;
        private final @Nullable String metadataKey;

        Attribute(String header) {
            this(header, null);
        }

        Attribute(String header, @Nullable String metadataKey) {
            this.header = header;
            this.metadataKey = metadataKey;
        }
    }

    private final byte[] @Nullable [] values;

    private Attributes(byte[] @Nullable [] values) {
        this.values = values;
    }

    static Attributes read(Headers headers) {
        byte[] @Nullable [] values = new byte[Attribute.BY_HEADER.size()][];
        for (Header header : headers) {
            Attribute attribute = Attribute.BY_HEADER.get(header.key());
            if (attribute != null) {
                values[attribute.ordinal()] = header.value(); // of equal names the last counts
            }
        }
        return new Attributes(values);
    }

    /** What every message of ours begins with. */
    static void begin(Headers headers) {
        headers.add("content-type", bytes("application/json"));
        set(headers, Attribute.SPEC_VERSION, "1.0");
    }

    static void set(Headers headers, Attribute attribute, @Nullable String value) {
        if (value != null) {
            headers.add(attribute.header, bytes(value));
        }
    }

    static void setMetadata(Headers headers, MetaData metadata) {
        for (Attribute attribute : Attribute.METADATA) {
            Object value = metadata.get(attribute.metadataKey);
            set(headers, attribute, value == null ? null : value.toString());
        }
    }

    MetaData metadata() {
        Map<String, String> found = new HashMap<>();
        for (Attribute attribute : Attribute.METADATA) {
            String value = find(attribute);
            if (value != null) {
                found.put(attribute.metadataKey, value);
            }
        }
        return MetaData.from(found);
    }

    @Nullable String find(Attribute attribute) {
        byte[] value = values[attribute.ordinal()];
        return value == null ? null : new String(value, StandardCharsets.UTF_8);
    }

    /** @throws UnreadableRecordException when the record does not have the attribute */
    String get(Attribute attribute) {
        String value = find(attribute);
        if (value == null) {
            throw new UnreadableRecordException("the record has no header " + attribute.header);
        }
        return value;
    }

    /** Contract name and revision of the message. */
    SerializedType type() {
        return new SimpleSerializedType(get(Attribute.TYPE), get(Attribute.REVISION));
    }

    long getLong(Attribute attribute) {
        String value = get(attribute);
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new UnreadableRecordException("header " + attribute.header + " is not a number: " + value);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
