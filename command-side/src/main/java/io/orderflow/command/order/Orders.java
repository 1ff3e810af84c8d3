package io.orderflow.command.order;

import io.orderflow.api.order.OrderCommand.CancelOrder;
import io.orderflow.api.order.OrderCommand.PlaceOrder;
import io.orderflow.api.order.OrderEvent.OrderPlaced;
import io.orderflow.api.order.OrderId;
import io.orderflow.command.config.InvalidRequest;
import io.orderflow.command.config.RequestHash;
import io.orderflow.command.dispatch.Commands;
import io.orderflow.command.store.GroupCommitEventStorageEngine;
import java.util.Optional;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.springframework.stereotype.Component;

/** Places and cancels orders; placing is repeatable: the order's id decides whether it was done before. */
@Component
class Orders {

    private final Pricing pricing;
    private final Commands commands;
    private final GroupCommitEventStorageEngine store;
    private final RequestHash hashes;

    Orders(Pricing pricing, Commands commands, GroupCommitEventStorageEngine store, RequestHash hashes) {
        this.pricing = pricing;
        this.commands = commands;
        this.store = store;
        this.hashes = hashes;
    }

    /** @throws InvalidRequest when the id was used for another order, or the order makes no sense */
    PlacedOrder place(OrderId id, PlaceOrderRequest request, MetaData metaData) {
        String hash = hashes.of(request);
        try {
            PlaceOrder command =
                    new PlaceOrder(id, request.customerId(), request.email(), request.phone(), pricing.price(request));
            commands.decide(command, metaData.and(RequestHash.KEY, hash), Object.class);
            return PlacedOrder.of(command);
        } catch (AggregateStreamCreationException | InvalidRequest e) {
            // also when it would be refused today: what was accepted once stays accepted
            return placedBefore(id, hash).orElseThrow(() -> e);
        }
    }

    private Optional<PlacedOrder> placedBefore(OrderId id, String hash) {
        return store.readEvents(id.toString(), 0).asStream().findFirst().map(first -> sameAnswer(first, hash));
    }

    private static PlacedOrder sameAnswer(DomainEventMessage<?> first, String hash) {
        OrderPlaced placed = (OrderPlaced) first.getPayload();
        if (!hash.equals(first.getMetaData().get(RequestHash.KEY))) {
            throw new InvalidRequest(
                    "key-reused",
                    "the Idempotency-Key or orderId was used for another order, %s: use a new one for a new order"
                            .formatted(placed.orderId()));
        }
        return PlacedOrder.of(placed);
    }

    /**
     * @param metaData with the expected version, if any
     * @throws AggregateNotFoundException when there is no such order
     */
    OrderState cancel(CancelOrder command, MetaData metaData) {
        OrderState state = commands.decide(command, metaData, OrderState.class);
        if (state == null) {
            throw new IllegalStateException("cancelling answers with the order's state");
        }
        return state;
    }
}
