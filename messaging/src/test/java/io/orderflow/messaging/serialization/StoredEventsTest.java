package io.orderflow.messaging.serialization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderflow.api.MessageTypes;
import io.orderflow.api.MessageTypes.MessageType;
import io.orderflow.api.order.OrderEvent.OrderShipped;
import io.orderflow.api.shipping.CarrierName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every event that was ever stored stays readable: for each revision of each there is a file with its JSON, which is never
 * changed. A new event, and a new revision, needs a new file; a change that breaks an old file needs a new revision and an
 * upcaster.
 */
class StoredEventsTest {

    private final ContractSerializer serializer = new ContractSerializer();
    private final StoredPayloads payloads = new StoredPayloads(serializer);

    static Stream<MessageType> everyEvent() {
        return MessageTypes.EVENTS.classes().stream()
                .map(event -> MessageTypes.EVENTS.typeOf(event).orElseThrow());
    }

    static Stream<MessageType> everyRevision() {
        return everyEvent()
                .flatMap(event -> IntStream.rangeClosed(1, Integer.parseInt(event.revision()))
                        .mapToObj(number -> new MessageType(event.name(), Integer.toString(number))));
    }

    @ParameterizedTest
    @MethodSource("everyRevision")
    void what_was_stored_is_read_in_todays_revision(MessageType stored) throws IOException {
        Object read = payloads.read(golden(stored));
        assertThat(read)
                .as("%s: is an upcaster from this revision in Revisions?", stored)
                .isInstanceOf(MessageTypes.EVENTS.classOf(stored.name()).orElseThrow());
    }

    @ParameterizedTest
    @MethodSource("everyEvent")
    void what_is_read_would_be_stored_the_same(MessageType today) throws IOException {
        SerializedObject<byte[]> written = serializer.serialize(payloads.read(golden(today)), byte[].class);

        assertThat(new String(written.getData(), StandardCharsets.UTF_8)).isEqualTo(json(today));
        assertThat(written.getType()).isEqualTo(new SimpleSerializedType(today.name(), today.revision()));
    }

    @Test
    void a_parcel_from_before_carriers_had_names_went_with_the_first() throws IOException {
        OrderShipped shipped = payloads.read(golden(new MessageType("OrderShipped", "1")));

        assertThat(shipped.carrier()).isEqualTo(CarrierName.FIRST);
        assertThat(shipped.trackingNumber()).hasToString("TRACK-1");
    }

    @Test
    void an_event_of_a_newer_release_is_told_from_a_broken_one() {
        assertThatThrownBy(() -> payloads.read(stored("{}", "OrderGiftWrapped", "1")))
                .isInstanceOf(UnknownMessageTypeException.class);
        assertThatThrownBy(() -> payloads.read(stored("{}", "OrderShipped", "3")))
                .isInstanceOf(UnknownMessageTypeException.class)
                .hasMessageContaining("OrderShipped, revision 3");
    }

    private static SerializedObject<byte[]> golden(MessageType type) throws IOException {
        return stored(json(type), type.name(), type.revision());
    }

    private static SerializedObject<byte[]> stored(String json, String name, String revision) {
        return new SimpleSerializedObject<>(json.getBytes(StandardCharsets.UTF_8), byte[].class, name, revision);
    }

    private static String json(MessageType type) throws IOException {
        String file = "/stored-events/%s-%s.json".formatted(type.name(), type.revision());
        try (InputStream in = StoredEventsTest.class.getResourceAsStream(file)) {
            assertThat(in)
                    .as("add the JSON as it is stored: src/test/resources" + file)
                    .isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }
}
