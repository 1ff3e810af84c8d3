package io.orderflow.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonValue;
import io.orderflow.api.MessageTypes.MessageType;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The contract as it was last agreed upon ({@code contract.txt}: each field of each message), compared with what the
 * records say now. Messages are stored and read by other releases for ever, so a field may neither go, nor get another
 * name or type, nor be demanded where older messages lack it. A change of meaning is a new message; a change of an event's
 * shape is a new revision, with an upcaster from the one before ({@code StoredEventsTest} reads them all). The lines of
 * earlier revisions stay. The values of enumerations count as fields: a release that does not know one cannot read it.
 */
class ContractTest {

    private final Set<String> agreed = agreed();
    private final Set<String> now = Stream.of(MessageTypes.EVENTS, MessageTypes.COMMANDS)
            .flatMap(contract -> contract.classes().stream()
                    .flatMap(message -> fields(nameOf(contract.typeOf(message).orElseThrow()), message)))
            .collect(Collectors.toCollection(TreeSet::new));

    @Test
    void noFieldGoesOrBecomesAnother() {
        Set<String> revisions = now.stream().map(ContractTest::messageOf).collect(Collectors.toSet());
        Set<String> names =
                revisions.stream().map(ContractTest::withoutRevision).collect(Collectors.toSet());
        assertThat(agreed.stream()
                        // a message with a new revision is another contract; a message that is gone is a change
                        .filter(field -> revisions.contains(messageOf(field))
                                || !names.contains(withoutRevision(messageOf(field))))
                        .filter(Predicate.not(now::contains)))
                .as(
                        "fields of the agreed contract that are gone. An event: raise its @Revision, add an upcaster from the"
                                + " revision before to Revisions in messaging, its JSON as stored-events/<Name>-<revision>.json"
                                + " there, and its lines here. A command, which is not upcast: leave the field, or make a new"
                                + " command")
                .isEmpty();
    }

    @Test
    void aFieldThatOlderMessagesLackIsNotDemanded() {
        Set<String> messages = agreed.stream().map(ContractTest::messageOf).collect(Collectors.toSet());
        assertThat(added().stream()
                        .filter(field -> messages.contains(messageOf(field)))
                        .filter(field -> !field.endsWith("?")))
                .as(
                        "new fields that messages under way and stored ones lack: make them @Nullable; or, in an event whose"
                                + " older ones can be completed, raise its @Revision and add an upcaster to Revisions in messaging")
                .isEmpty();
    }

    @Test
    void whatIsNewIsAgreedUpon() {
        assertThat(added())
                .as("add these lines to contract.txt, in the change that adds the fields")
                .isEmpty();
    }

    @Test
    void everyEarlierRevisionIsRemembered() {
        Set<String> known = agreed.stream().map(ContractTest::messageOf).collect(Collectors.toSet());
        assertThat(now.stream().map(ContractTest::messageOf).distinct().flatMap(ContractTest::upToIt))
                .as("revisions are numbered 1, 2, 3, ..., and their lines stay in contract.txt")
                .isSubsetOf(known);
    }

    @Test
    void commandsHaveOneRevision() {
        assertThat(MessageTypes.COMMANDS.classes())
                .as("commands under way are not upcast: a command of another shape is another command")
                .allSatisfy(command -> assertThat(MessageTypes.COMMANDS
                                .typeOf(command)
                                .orElseThrow()
                                .revision())
                        .isEqualTo("1"));
    }

    private static Stream<String> upToIt(String message) {
        int revision = Integer.parseInt(message.substring(message.indexOf('/') + 1));
        return IntStream.rangeClosed(1, revision).mapToObj(number -> withoutRevision(message) + "/" + number);
    }

    private List<String> added() {
        return now.stream().filter(Predicate.not(agreed::contains)).toList();
    }

    private static Set<String> agreed() {
        try (InputStream file =
                Objects.requireNonNull(ContractTest.class.getResourceAsStream("/contract.txt"), "contract.txt")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(Predicate.not(String::isBlank))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String nameOf(MessageType type) {
        return type.name() + "/" + type.revision();
    }

    private static String messageOf(String field) {
        return field.substring(0, field.indexOf(' '));
    }

    private static String withoutRevision(String message) {
        return message.substring(0, message.indexOf('/'));
    }

    private static Stream<String> fields(String message, Class<?> type) {
        return Arrays.stream(type.getRecordComponents()).flatMap(field -> describe(message + " ", field));
    }

    private static Stream<String> describe(String path, RecordComponent field) {
        boolean optional = field.getAnnotatedType().isAnnotationPresent(Nullable.class);
        return describe(path + field.getName(), field.getGenericType(), optional ? "?" : "");
    }

    private static Stream<String> describe(String path, Type type, String optional) {
        if (type instanceof ParameterizedType list) {
            return describe(path + "[]", list.getActualTypeArguments()[0], optional);
        }
        Class<?> known = (Class<?>) type;
        if (known.isEnum()) {
            return Arrays.stream(known.getEnumConstants()).map(value -> path + " = " + value + optional);
        }
        if (!known.isRecord()) {
            return Stream.of(path + ": " + known.getSimpleName() + optional);
        }
        RecordComponent[] components = known.getRecordComponents();
        return isWrittenAsItsValue(components)
                ? describe(path, components[0].getGenericType(), optional)
                : Arrays.stream(components).flatMap(component -> describe(path + ".", component));
    }

    private static boolean isWrittenAsItsValue(RecordComponent[] components) {
        return components.length == 1 && components[0].getAccessor().isAnnotationPresent(JsonValue.class);
    }
}
