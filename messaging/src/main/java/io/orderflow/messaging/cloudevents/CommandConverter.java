package io.orderflow.messaging.cloudevents;

import io.orderflow.api.MessageTypes;
import io.orderflow.api.inventory.InventoryCommand;
import io.orderflow.api.order.OrderCommand;
import io.orderflow.messaging.cloudevents.Attributes.Attribute;
import io.orderflow.messaging.serialization.UnknownMessageTypeException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;

/**
 * Commands as CloudEvents 1.0 in binary mode, keyed by the id of their target, so that the commands for one aggregate
 * stay in order.
 */
public final class CommandConverter {

    private static final String SOURCE = "/orderflow/saga";

    private final Serializer serializer;

    public CommandConverter(Serializer serializer) {
        this.serializer = serializer;
    }

    public ProducerRecord<String, byte[]> toRecord(CommandMessage<?> command, String topic) {
        SerializedObject<byte[]> payload = command.serializePayload(serializer, byte[].class);
        String target = targetOf(command.getPayload());
        ProducerRecord<String, byte[]> sent = new ProducerRecord<>(topic, target, payload.getData());
        Headers headers = sent.headers();
        Attributes.begin(headers);
        Attributes.set(headers, Attribute.ID, command.getIdentifier());
        Attributes.set(headers, Attribute.SOURCE, SOURCE);
        Attributes.set(headers, Attribute.TYPE, payload.getType().getName());
        Attributes.set(headers, Attribute.REVISION, payload.getType().getRevision());
        Attributes.set(headers, Attribute.SUBJECT, target);
        Attributes.setMetadata(headers, command.getMetaData());
        return sent;
    }

    /**
     * The command in {@code received}.
     *
     * @throws UnknownMessageTypeException when its type or revision is not known to this release
     * @throws UnreadableRecordException when it is not a command of ours, or a broken one
     */
    public CommandMessage<?> fromRecord(ReceivedRecord received) {
        Attributes attributes = received.attributes();
        SerializedType type = attributes.type();
        Class<?> command = MessageTypes.COMMANDS
                .classOf(type.getName())
                .filter(known -> serializer.typeForClass(known).equals(type))
                .orElseThrow(() -> new UnknownMessageTypeException(type));
        byte[] value = received.polled().value();
        if (value == null) {
            throw new UnreadableRecordException("the record has no value");
        }
        Object payload = serializer.deserialize(new SimpleSerializedObject<>(value, byte[].class, type));
        MetaData metadata = attributes.metadata();
        return new GenericCommandMessage<>(
                new GenericMessage<>(attributes.get(Attribute.ID), payload, metadata), command.getName());
    }

    /** The id of the aggregate that {@code command} is for. */
    public static String targetOf(Object command) {
        return switch (command) {
            case OrderCommand order -> order.orderId().toString();
            case InventoryCommand inventory -> inventory.sku().toString();
            default -> throw new IllegalArgumentException(command.getClass() + " is not a command of the contract");
        };
    }
}
