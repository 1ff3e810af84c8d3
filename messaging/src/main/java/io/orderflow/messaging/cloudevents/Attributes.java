package io.orderflow.messaging.cloudevents;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedType;
import org.jspecify.annotations.Nullable;

/**
 * The CloudEvents attributes of a record, as headers named {@code ce_*} (Kafka protocol binding 1.0.2, binary mode).
 * Attribute names are lower-case letters and digits only, so metadata keys stand here under names of their own.
 */
final class Attributes {

    static final String ID = "ce_id";
    static final String TYPE = "ce_type";
    static final String TIME = "ce_time";
    static final String SUBJECT = "ce_subject";
    static final String REVISION = "ce_revision";
    static final String AGGREGATE_TYPE = "ce_aggregatetype";
    static final String SEQUENCE = "ce_sequence";
    static final String GLOBAL_INDEX = "ce_globalindex";
    static final String EPOCH = "ce_epoch";
    static final String ORDER_ID = "ce_orderid";

    static final String SOURCE = "ce_source";
    private static final String SPEC_VERSION = "ce_specversion";

    /** Metadata key to attribute name. Metadata outside of this table does not travel. */
    private static final Map<String, String> METADATA = Map.of(
            "correlationId", "ce_correlationid",
            "causationId", "ce_causationid",
            "orderId", ORDER_ID,
            "actor", "ce_actor",
            "requestHash", "ce_requesthash",
            "traceparent", "ce_traceparent");

    private final Headers headers;
    private final @Nullable Map<String, Header> byName;

    /** For few questions: each looks through the headers. */
    Attributes(Headers headers) {
        this(headers, null);
    }

    private Attributes(Headers headers, @Nullable Map<String, Header> byName) {
        this.headers = headers;
        this.byName = byName;
    }

    /** For many questions: the headers are looked through once. */
    static Attributes read(Headers headers) {
        Map<String, Header> byName = new HashMap<>();
        headers.forEach(header -> byName.put(header.key(), header)); // of equal names the last counts
        return new Attributes(headers, byName);
    }

    static void begin(Headers headers) {
        headers.add("content-type", bytes("application/json"));
        new Attributes(headers).set(SPEC_VERSION, "1.0");
    }

    void set(String name, @Nullable String value) {
        if (value != null) {
            headers.add(name, bytes(value));
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
        Header header = byName == null ? headers.lastHeader(name) : byName.get(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    /** @throws UnreadableRecordException when the record does not have the attribute */
    String get(String name) {
        String value = find(name);
        if (value == null) {
            throw new UnreadableRecordException("the record has no header " + name);
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
            throw new UnreadableRecordException("header " + name + " is not a number: " + value);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
