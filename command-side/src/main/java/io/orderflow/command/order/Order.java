package io.orderflow.command.order;

import static java.util.Objects.requireNonNullElse;
import static org.axonframework.modelling.command.AggregateLifecycle.apply;
import static org.axonframework.modelling.command.AggregateLifecycle.getVersion;

import io.orderflow.api.CommandRejected;
import io.orderflow.api.order.OrderCommand.CancelOrder;
import io.orderflow.api.order.OrderCommand.ConfirmOrder;
import io.orderflow.api.order.OrderCommand.DeliverOrder;
import io.orderflow.api.order.OrderCommand.PlaceOrder;
import io.orderflow.api.order.OrderCommand.RecordAuthorization;
import io.orderflow.api.order.OrderCommand.RecordCapture;
import io.orderflow.api.order.OrderCommand.RecordDecline;
import io.orderflow.api.order.OrderCommand.RecordVoid;
import io.orderflow.api.order.OrderCommand.RejectOrder;
import io.orderflow.api.order.OrderCommand.ShipOrder;
import io.orderflow.api.order.OrderEvent.OrderCancelled;
import io.orderflow.api.order.OrderEvent.OrderConfirmed;
import io.orderflow.api.order.OrderEvent.OrderDelivered;
import io.orderflow.api.order.OrderEvent.OrderPlaced;
import io.orderflow.api.order.OrderEvent.OrderRejected;
import io.orderflow.api.order.OrderEvent.OrderShipped;
import io.orderflow.api.order.OrderEvent.PaymentAuthorized;
import io.orderflow.api.order.OrderEvent.PaymentCaptured;
import io.orderflow.api.order.OrderEvent.PaymentDeclined;
import io.orderflow.api.order.OrderEvent.PaymentVoided;
import io.orderflow.api.order.OrderId;
import io.orderflow.api.order.OrderLine;
import io.orderflow.api.order.OrderStatus;
import io.orderflow.api.payment.Money;
import io.orderflow.api.shipping.CarrierName;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.spring.stereotype.Aggregate;

/**
 * An order on its way, and beside it its payment, which has a life of its own: money can be held for an order that was
 * called off meanwhile, and is then given back.
 *
 * <pre>
 * order    PLACED -> CONFIRMED -> SHIPPED -> DELIVERED
 *          PLACED, CONFIRMED -> CANCELLED (a person) or REJECTED (the fulfilment)
 * payment  NONE -> AUTHORIZED -> CAPTURED or VOIDED
 *          NONE -> DECLINED
 * </pre>
 *
 * A command that comes again, and one of the fulfilment's that was overtaken, changes nothing.
 */
@Aggregate(cache = "orderCache", commandTargetResolver = "expectedVersions")
class Order {

    private enum Payment {
        NONE,
        DECLINED,
        AUTHORIZED,
        CAPTURED,
        VOIDED
    }

    @AggregateIdentifier
    private OrderId id;

    private OrderStatus status;
    private Payment payment = Payment.NONE;

    @SuppressWarnings({"NullAway.Init", "unused"}) // Axon makes it and hands it its first event
    Order() {}

    @CommandHandler
    @SuppressWarnings("NullAway.Init") // OrderPlaced assigns
    Order(PlaceOrder command) {
        apply(new OrderPlaced(
                command.orderId(),
                command.customer(),
                command.email(),
                command.phone(),
                command.lines(),
                total(command.lines())));
    }

    private static Money total(List<OrderLine> lines) {
        try {
            return lines.stream()
                    .map(OrderLine::amount)
                    .reduce(Money::plus)
                    .orElseThrow(() -> new CommandRejected("an order needs at least one line"));
        } catch (IllegalArgumentException e) {
            throw new CommandRejected("all lines of an order must be in one currency; place one order per currency");
        } catch (ArithmeticException e) {
            throw new CommandRejected("the total of the order is too large; split it");
        }
    }

    @CommandHandler
    OrderState handle(CancelOrder command) {
        switch (status) {
            case PLACED, CONFIRMED -> apply(new OrderCancelled(id, command.by(), command.note()));
            case SHIPPED, DELIVERED ->
                throw new CommandRejected("a shipped order cannot be cancelled; ask for a refund");
            case CANCELLED, REJECTED -> {} // it is off already
        }
        return new OrderState(id, status, getVersion());
    }

    @CommandHandler
    void handle(ConfirmOrder command) {
        switch (status) {
            case PLACED -> apply(new OrderConfirmed(id));
            case CONFIRMED, SHIPPED, DELIVERED, REJECTED, CANCELLED -> {}
        }
    }

    @CommandHandler
    void handle(ShipOrder command) {
        switch (status) {
            case CONFIRMED ->
                apply(new OrderShipped(
                        id, requireNonNullElse(command.carrier(), CarrierName.FIRST), command.trackingNumber()));
            case PLACED, SHIPPED, DELIVERED, REJECTED, CANCELLED -> {}
        }
    }

    @CommandHandler
    void handle(DeliverOrder command) {
        switch (status) {
            case SHIPPED -> apply(new OrderDelivered(id));
            case PLACED, CONFIRMED, DELIVERED, REJECTED, CANCELLED -> {}
        }
    }

    @CommandHandler
    void handle(RejectOrder command) {
        switch (status) {
            case PLACED, CONFIRMED -> apply(new OrderRejected(id, command.reason(), command.detail()));
            case SHIPPED, DELIVERED, REJECTED, CANCELLED -> {}
        }
    }

    // recorded in every status: when the order is off, the money is held all the same and must be given back
    @CommandHandler
    void handle(RecordAuthorization command) {
        switch (payment) {
            case NONE, DECLINED -> apply(new PaymentAuthorized(id, command.authorization(), command.amount()));
            case AUTHORIZED, CAPTURED, VOIDED -> {}
        }
    }

    @CommandHandler
    void handle(RecordDecline command) {
        switch (payment) {
            case NONE -> apply(new PaymentDeclined(id, command.reason()));
            case DECLINED, AUTHORIZED, CAPTURED, VOIDED -> {}
        }
    }

    @CommandHandler
    void handle(RecordCapture command) {
        switch (payment) {
            case AUTHORIZED -> apply(new PaymentCaptured(id, command.amount()));
            case NONE, DECLINED, CAPTURED, VOIDED -> {}
        }
    }

    @CommandHandler
    void handle(RecordVoid command) {
        switch (payment) {
            case AUTHORIZED -> apply(new PaymentVoided(id, command.amount()));
            case NONE, DECLINED, CAPTURED, VOIDED -> {}
        }
    }

    @EventSourcingHandler
    void on(OrderPlaced event) {
        id = event.orderId();
        status = OrderStatus.PLACED;
    }

    @EventSourcingHandler
    void on(OrderConfirmed event) {
        status = OrderStatus.CONFIRMED;
    }

    @EventSourcingHandler
    void on(OrderShipped event) {
        status = OrderStatus.SHIPPED;
    }

    @EventSourcingHandler
    void on(OrderDelivered event) {
        status = OrderStatus.DELIVERED;
    }

    @EventSourcingHandler
    void on(OrderRejected event) {
        status = OrderStatus.REJECTED;
    }

    @EventSourcingHandler
    void on(OrderCancelled event) {
        status = OrderStatus.CANCELLED;
    }

    @EventSourcingHandler
    void on(PaymentAuthorized event) {
        payment = Payment.AUTHORIZED;
    }

    @EventSourcingHandler
    void on(PaymentDeclined event) {
        payment = Payment.DECLINED;
    }

    @EventSourcingHandler
    void on(PaymentCaptured event) {
        payment = Payment.CAPTURED;
    }

    @EventSourcingHandler
    void on(PaymentVoided event) {
        payment = Payment.VOIDED;
    }
}
