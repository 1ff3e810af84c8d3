package io.orderflow.messaging.serialization;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.api.MessageTypes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.stream.Stream;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.UnknownSerializedType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every event that was ever stored stays readable: for each there is a file with its JSON, which is only ever added to. A
 * new event needs a new file; a change that breaks an old file needs a new revision and an upcaster.
 */
class StoredEventsTest {

    private final ContractSerializer serializer = new ContractSerializer();

    static Stream<Class<?>> everyEvent() {
        return MessageTypes.EVENTS.classes().stream().sorted(Comparator.comparing(Class::getSimpleName));
    }

    @ParameterizedTest
    @MethodSource("everyEvent")
    void what_was_stored_is_read_and_would_be_stored_the_same(Class<?> event) throws IOException {
        String json = stored(event.getSimpleName() + ".json");
        Object read = serializer.deserialize(new SimpleSerializedObject<>(
                json.getBytes(StandardCharsets.UTF_8), byte[].class, event.getSimpleName(), "1"));
        assertThat(read).isInstanceOf(event);

        SerializedObject<byte[]> written = serializer.serialize(read, byte[].class);
        assertThat(new String(written.getData(), StandardCharsets.UTF_8)).isEqualTo(json);
        assertThat(written.getType()).isEqualTo(new SimpleSerializedType(event.getSimpleName(), "1"));
    }

    @Test
    void an_event_of_a_newer_release_is_told_from_a_broken_one() {
        Object read = serializer.deserialize(new SimpleSerializedObject<>(
                "{}".getBytes(StandardCharsets.UTF_8), byte[].class, "OrderGiftWrapped", "1"));
        assertThat(read).isInstanceOf(UnknownSerializedType.class);
    }

    private static String stored(String file) throws IOException {
        try (InputStream in = StoredEventsTest.class.getResourceAsStream("/stored-events/" + file)) {
            assertThat(in)
                    .as("the stored JSON of this event: stored-events/" + file)
                    .isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }
}
