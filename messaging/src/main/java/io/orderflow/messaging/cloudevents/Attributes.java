package io.orderflow.messaging.cloudevents;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedType;
import org.jspecify.annotations.Nullable;

/**
 * The CloudEvents attributes of a record, as headers {@code ce_*} (Kafka protocol binding 1.0.2, binary mode).
 * Attribute names are lower-case letters and digits only, so metadata keys stand here under names of their own.
 */
final class Attributes {

    static final String ID = "id";
    static final String TYPE = "type";
    static final String TIME = "time";
    static final String SUBJECT = "subject";
    static final String REVISION = "revision";
    static final String AGGREGATE_TYPE = "aggregatetype";
    static final String SEQUENCE = "sequence";
    static final String GLOBAL_INDEX = "globalindex";
    static final String EPOCH = "epoch";
    static final String ORDER_ID = "orderid";

    private static final String PREFIX = "ce_";
    private static final String SPEC_VERSION = "specversion";

    /** Metadata key to attribute name. Metadata outside of this table does not travel. */
    private static final Map<String, String> METADATA = Map.of(
            "correlationId", "correlationid",
            "causationId", "causationid",
            "orderId", ORDER_ID,
            "actor", "actor",
            "requestHash", "requesthash",
            "traceparent", "traceparent");

    private final Headers headers;

    Attributes(Headers headers) {
        this.headers = headers;
    }

    static void begin(Headers headers) {
        headers.add("content-type", bytes("application/json"));
        new Attributes(headers).set(SPEC_VERSION, "1.0");
    }

    void set(String name, @Nullable String value) {
        if (value != null) {
            headers.add(PREFIX + name, bytes(value));
        }
    }

    void setMetadata(MetaData metadata) {
        METADATA.forEach((key, name) -> {
            Object value = metadata.get(key);
            if (value != null) {
                set(name, value.toString());
            }
        });
    }

    MetaData metadata() {
        Map<String, String> found = new LinkedHashMap<>();
        METADATA.forEach((key, name) -> {
            String value = find(name);
            if (value != null) {
                found.put(key, value);
            }
        });
        return MetaData.from(found);
    }

    @Nullable String find(String name) {
        Header header = headers.lastHeader(PREFIX + name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    /** @throws UnreadableRecordException when the record does not have the attribute */
    String get(String name) {
        String value = find(name);
        if (value == null) {
            throw new UnreadableRecordException("the record has no header " + PREFIX + name);
        }
        return value;
    }

    /** Contract name and revision of the message. */
    SerializedType type() {
        return new SimpleSerializedType(get(TYPE), get(REVISION));
    }

    long getLong(String name) {
        String value = get(name);
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new UnreadableRecordException("header " + PREFIX + name + " is not a number: " + value);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
