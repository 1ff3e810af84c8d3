package io.orderflow.command.inventory;

import io.orderflow.api.inventory.InventoryEvent;
import io.orderflow.api.inventory.InventoryEvent.ProductChanged;
import io.orderflow.api.inventory.InventoryEvent.ProductRegistered;
import io.orderflow.api.inventory.InventoryEvent.ReservationEvent;
import io.orderflow.api.inventory.InventoryEvent.StockAdjusted;
import io.orderflow.api.inventory.InventoryEvent.StockReleased;
import io.orderflow.api.inventory.InventoryEvent.StockReservationRefused;
import io.orderflow.api.inventory.InventoryEvent.StockReserved;
import io.orderflow.api.inventory.InventoryEvent.StockSold;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.messaging.MessageDispatchInterceptor;

/**
 * Gives an event that may happen once only an id made from what it is about, so that the store refuses a second one,
 * however late it comes: the first that happens to an order's line (reserved, refused, or released before it was
 * reserved), and an adjustment. A product remembers only the latest of them, to keep small.
 */
final class OnceOnly implements MessageDispatchInterceptor<EventMessage<?>> {

    @Override
    public BiFunction<Integer, EventMessage<?>, EventMessage<?>> handle(List<? extends EventMessage<?>> events) {
        return (index, event) -> event instanceof DomainEventMessage<?> message
                        && message.getPayload() instanceof InventoryEvent happened
                ? idOf(happened).<EventMessage<?>>map(id -> named(message, id)).orElse(message)
                : event;
    }

    private static DomainEventMessage<?> named(DomainEventMessage<?> event, UUID id) {
        return new GenericDomainEventMessage<>(
                event.getType(),
                event.getAggregateIdentifier(),
                event.getSequenceNumber(),
                event.getPayload(),
                event.getMetaData(),
                id.toString(),
                event.getTimestamp());
    }

    /** Empty for what may happen again. */
    static Optional<UUID> idOf(InventoryEvent event) {
        return switch (event) {
            case StockReserved first -> Optional.of(firstOf(first));
            case StockReservationRefused first -> Optional.of(firstOf(first));
            case StockReleased released -> released.quantity() == 0 ? Optional.of(firstOf(released)) : Optional.empty();
            case StockAdjusted adjusted -> Optional.of(hash("adjusted", adjusted.sku(), adjusted.adjustmentId()));
            case StockSold sold -> Optional.empty(); // only what is reserved is sold
            case ProductRegistered registered -> Optional.empty();
            case ProductChanged changed -> Optional.empty();
        };
    }

    /** Begins as the order's id does, whose ids follow time: neighbors in time are neighbors in the store's index. */
    private static UUID firstOf(ReservationEvent event) {
        return new UUID(
                event.orderId().value().getMostSignificantBits(),
                hash("line", event.sku(), event.orderId(), event.line()).getLeastSignificantBits());
    }

    private static UUID hash(Object... names) {
        return UUID.nameUUIDFromBytes(List.of(names).toString().getBytes(StandardCharsets.UTF_8));
    }
}
