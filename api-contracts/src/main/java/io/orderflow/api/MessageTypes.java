package io.orderflow.api;

import io.orderflow.api.inventory.InventoryCommand;
import io.orderflow.api.inventory.InventoryEvent;
import io.orderflow.api.order.OrderCommand;
import io.orderflow.api.order.OrderEvent;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.axonframework.serialization.Revision;

/**
 * The contract names of messages. A message is stored and sent under its simple name and revision, never under the name
 * of a Java class, so that classes can move and consumers in other languages can read.
 *
 * <p>A revision is {@code 1} unless the record carries {@link Revision}.
 */
public final class MessageTypes {

    /** Every event that is ever stored. */
    public static final MessageTypes EVENTS = of(OrderEvent.class, InventoryEvent.class);

    /** Every command that travels between services. */
    public static final MessageTypes COMMANDS = of(OrderCommand.class, InventoryCommand.class);

    /**
     * Name and revision of one kind of message.
     *
     * @param name simple name of the record, unique among all messages
     * @param revision version of its fields
     */
    public record MessageType(String name, String revision) {}

    private final Map<String, Class<?>> classes = new HashMap<>();
    private final Map<Class<?>, MessageType> types = new HashMap<>();

    private MessageTypes(Collection<Class<?>> messages) {
        for (Class<?> message : messages) {
            Revision revision = message.getAnnotation(Revision.class);
            types.put(message, new MessageType(message.getSimpleName(), revision == null ? "1" : revision.value()));
            Class<?> other = classes.put(message.getSimpleName(), message);
            if (other != null) {
                throw new IllegalArgumentException(message + " and " + other + " have the same contract name");
            }
        }
    }

    /** All records permitted by the given sealed interfaces. */
    public static MessageTypes of(Class<?>... sealedInterfaces) {
        return new MessageTypes(
                Arrays.stream(sealedInterfaces).flatMap(MessageTypes::records).toList());
    }

    private static Stream<Class<?>> records(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(MessageTypes::records)
                : Stream.of(type);
    }

    /** The class that this release knows under {@code name}; empty for a message of a newer or foreign release. */
    public Optional<Class<?>> classOf(String name) {
        return Optional.ofNullable(classes.get(name));
    }

    /** The contract name and revision of {@code message}; empty when it is no message of this contract. */
    public Optional<MessageType> typeOf(Class<?> message) {
        return Optional.ofNullable(types.get(message));
    }

    /** Every class of this contract. */
    public Collection<Class<?>> classes() {
        return Collections.unmodifiableSet(types.keySet());
    }
}
