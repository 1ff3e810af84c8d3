package io.orderflow.saga.work;

import io.orderflow.api.inventory.InventoryCommand;
import io.orderflow.api.order.OrderCommand;
import io.orderflow.api.order.OrderId;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.jspecify.annotations.Nullable;

/**
 * How the saga and its steps ask orders and products for something. The same command for the same order always has the
 * same id, so that its repeats can be told as such.
 */
public final class Commands {

    private static final String CORRELATION = "correlationId";

    private final CommandBus bus;

    public Commands(CommandBus bus) {
        this.bus = bus;
    }

    /** Asks an order. */
    public void send(OrderCommand command) {
        bus.dispatch(message(command.orderId(), command, cause()));
    }

    /** Asks a product, for an order. */
    public void send(OrderId orderId, InventoryCommand command) {
        bus.dispatch(message(orderId, command, cause()));
    }

    /** A command as a message, caused by the event being handled or by the work item that is done. */
    static CommandMessage<?> message(OrderId orderId, Object command, MetaData cause) {
        UUID id = UUID.nameUUIDFromBytes((orderId + " " + command).getBytes(StandardCharsets.UTF_8));
        MetaData metadata = cause.and("orderId", orderId.toString()).and("actor", "fulfilment");
        return new GenericCommandMessage<>(
                new GenericMessage<>(id.toString(), command, metadata),
                command.getClass().getName());
    }

    private static MetaData cause() {
        @Nullable Message<?> handled =
                CurrentUnitOfWork.map(unitOfWork -> unitOfWork.getMessage()).orElse(null);
        return handled == null ? MetaData.emptyInstance() : caused(handled.getIdentifier(), handled.getMetaData());
    }

    /** Correlation of what a message causes: the same correlation id, and the message as the cause. */
    static MetaData caused(String messageId, MetaData metadata) {
        return metadata.subset(CORRELATION, "traceparent").and("causationId", messageId);
    }
}
