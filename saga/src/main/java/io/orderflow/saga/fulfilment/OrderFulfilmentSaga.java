package io.orderflow.saga.fulfilment;

import static io.orderflow.saga.fulfilment.Stage.AUTHORIZING;
import static io.orderflow.saga.fulfilment.Stage.COMPENSATING;
import static io.orderflow.saga.fulfilment.Stage.CONFIRMING;
import static io.orderflow.saga.fulfilment.Stage.DELIVERING;
import static io.orderflow.saga.fulfilment.Stage.DISPATCHING;
import static io.orderflow.saga.fulfilment.Stage.FINISHED;
import static io.orderflow.saga.fulfilment.Stage.RESERVING;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import io.orderflow.api.inventory.InventoryCommand.ReleaseStock;
import io.orderflow.api.inventory.InventoryCommand.ReserveStock;
import io.orderflow.api.inventory.InventoryCommand.SellStock;
import io.orderflow.api.inventory.InventoryEvent.StockReservationRefused;
import io.orderflow.api.inventory.InventoryEvent.StockReserved;
import io.orderflow.api.order.OrderCommand.ConfirmOrder;
import io.orderflow.api.order.OrderCommand.RejectOrder;
import io.orderflow.api.order.OrderEvent.OrderCancelled;
import io.orderflow.api.order.OrderEvent.OrderConfirmed;
import io.orderflow.api.order.OrderEvent.OrderDelivered;
import io.orderflow.api.order.OrderEvent.OrderPlaced;
import io.orderflow.api.order.OrderEvent.OrderRejected;
import io.orderflow.api.order.OrderEvent.OrderShipped;
import io.orderflow.api.order.OrderEvent.PaymentAuthorized;
import io.orderflow.api.order.OrderEvent.PaymentCaptured;
import io.orderflow.api.order.OrderEvent.PaymentDeclined;
import io.orderflow.api.order.OrderId;
import io.orderflow.api.order.OrderLine;
import io.orderflow.api.order.RejectionReason;
import io.orderflow.api.payment.AuthorizationId;
import io.orderflow.api.payment.Money;
import io.orderflow.api.shipping.TrackingNumber;
import io.orderflow.saga.notification.Contact;
import io.orderflow.saga.notification.NotificationStep;
import io.orderflow.saga.notification.Occasion;
import io.orderflow.saga.payment.PaymentStep;
import io.orderflow.saga.shipping.ShippingStep;
import io.orderflow.saga.work.Commands;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.modelling.saga.SagaEventHandler;
import org.axonframework.modelling.saga.SagaLifecycle;
import org.axonframework.modelling.saga.StartSaga;
import org.axonframework.spring.stereotype.Saga;
import org.jspecify.annotations.Nullable;

/**
 * Brings an order from placed to delivered, or undoes what was done.
 *
 * <pre>
 * OrderPlaced             reserve stock for each line          RESERVING
 * StockReserved (all)     authorize the amount                 AUTHORIZING
 * PaymentAuthorized       confirm the order                    CONFIRMING
 * OrderConfirmed          dispatch the parcel                  DISPATCHING
 * OrderShipped            capture the amount, sell the stock   DELIVERING
 * PaymentCaptured and OrderDelivered                           FINISHED
 *
 * StockReservationRefused, PaymentDeclined, overdue, OrderCancelled    COMPENSATING, then FINISHED
 * </pre>
 *
 * <p>Compensation releases every line that was asked for, also those whose answer is under way: commands for one product
 * stay in order, so the release finds the reservation, or is remembered and makes it void. The same holds for the void of
 * an authorization that is under way. So an event that comes after compensation needs nothing more.
 */
@Saga
@ProcessingGroup("fulfilment")
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
public class OrderFulfilmentSaga {

    private @Nullable OrderId orderId;
    private Contact contact = new Contact(null, null);
    private @Nullable Money total;
    private List<OrderLine> stocked = List.of();
    private Set<Integer> reserved = new TreeSet<>();
    private Stage stage = RESERVING;
    private @Nullable AuthorizationId authorization;
    private @Nullable TrackingNumber trackingNumber;
    private @Nullable RejectOrder rejection;
    private boolean captured;
    private boolean delivered;

    @StartSaga
    @SagaEventHandler(associationProperty = "orderId")
    public void on(OrderPlaced event, Commands commands, PaymentStep payment) {
        if (orderId != null) {
            return; // placed before
        }
        orderId = event.orderId();
        contact = new Contact(event.email(), event.phone());
        total = event.total();
        stocked = event.lines().stream().filter(OrderLine::stocked).toList();
        if (stocked.isEmpty()) {
            authorize(payment);
        }
        // reserve before paying: money is harder to give back
        reserve(commands);
    }

    private void reserve(Commands commands) {
        for (OrderLine line : stocked) {
            commands.send(id(), new ReserveStock(line.sku(), id(), line.number(), line.quantity()));
        }
    }

    @SagaEventHandler(associationProperty = "orderId")
    public void on(StockReserved event, PaymentStep payment) {
        if (stage == RESERVING) {
            reserved.add(event.line());
            if (reserved.containsAll(lineNumbers())) {
                authorize(payment);
            }
        }
    }

    private void authorize(PaymentStep payment) {
        stage = AUTHORIZING;
        payment.authorize(id(), amount());
    }

    @SagaEventHandler(associationProperty = "orderId")
    public void on(PaymentAuthorized event, Commands commands) {
        if (stage == AUTHORIZING) {
            authorization = event.authorization();
            stage = CONFIRMING;
            commands.send(new ConfirmOrder(id()));
        }
    }

    @SagaEventHandler(associationProperty = "orderId")
    public void on(OrderConfirmed event, ShippingStep shipping, NotificationStep notification) {
        if (stage == CONFIRMING) {
            stage = DISPATCHING;
            shipping.dispatch(id());
            notification.tell(id(), Occasion.CONFIRMED, contact);
        }
    }

    @SagaEventHandler(associationProperty = "orderId")
    public void on(
            OrderShipped event,
            Commands commands,
            PaymentStep payment,
            ShippingStep shipping,
            NotificationStep notification) {
        if (stage != DISPATCHING || authorization == null) {
            throw new IllegalStateException("order " + orderId + " was shipped while its fulfilment was " + stage);
        }
        stage = DELIVERING;
        trackingNumber = event.trackingNumber();
        payment.capture(id(), authorization, amount());
        sell(commands);
        shipping.awaitDelivery(id(), event.trackingNumber());
        notification.tell(id(), Occasion.SHIPPED, contact);
    }

    private void sell(Commands commands) {
        for (OrderLine line : stocked) {
            commands.send(id(), new SellStock(line.sku(), id(), line.number()));
        }
    }

    @SagaEventHandler(associationProperty = "orderId")
    public void on(PaymentCaptured event) {
        captured = true;
        finishWhenDone();
    }

    @SagaEventHandler(associationProperty = "orderId")
    public void on(OrderDelivered event, NotificationStep notification) {
        delivered = true;
        notification.tell(id(), Occasion.DELIVERED, contact);
        finishWhenDone();
    }

    private void finishWhenDone() {
        if (captured && delivered) {
            finish();
        }
    }

    // Compensation

    @SagaEventHandler(associationProperty = "orderId")
    public void on(StockReservationRefused event, Commands commands) {
        if (stage == RESERVING) {
            release(commands);
            reject(
                    commands,
                    RejectionReason.OUT_OF_STOCK,
                    "only " + event.available() + " of " + event.requested() + " pieces of " + event.sku()
                            + " are available");
        }
    }

    @SagaEventHandler(associationProperty = "orderId")
    public void on(PaymentDeclined event, Commands commands) {
        if (stage == AUTHORIZING) {
            release(commands);
            reject(commands, RejectionReason.PAYMENT_DECLINED, event.reason());
        }
    }

    @SagaEventHandler(associationProperty = "orderId")
    public void on(FulfilmentOverdue event, Commands commands, PaymentStep payment) {
        if (canBeOverdue()) {
            undo(commands, payment);
            reject(commands, RejectionReason.TIMED_OUT, "stock and payment could not be arranged in time");
        }
    }

    @SagaEventHandler(associationProperty = "orderId")
    public void on(OrderRejected event, NotificationStep notification) {
        notification.tell(id(), Occasion.REJECTED, contact);
        finish();
    }

    @SagaEventHandler(associationProperty = "orderId")
    public void on(
            OrderCancelled event,
            Commands commands,
            PaymentStep payment,
            ShippingStep shipping,
            NotificationStep notification) {
        if (stage == DISPATCHING) {
            shipping.recall(id());
        }
        if (stage != COMPENSATING) {
            undo(commands, payment);
        }
        notification.tell(id(), Occasion.CANCELLED, contact);
        finish();
    }

    /** Gives back everything that was asked for, in reverse order of the steps. */
    private void undo(Commands commands, PaymentStep payment) {
        if (stage != RESERVING) {
            payment.voidAuthorization(id());
        }
        release(commands);
    }

    private void release(Commands commands) {
        for (OrderLine line : stocked.reversed()) {
            commands.send(id(), new ReleaseStock(line.sku(), id(), line.number()));
        }
    }

    private void reject(Commands commands, RejectionReason reason, String detail) {
        stage = COMPENSATING;
        rejection = new RejectOrder(id(), reason, detail);
        commands.send(rejection);
    }

    private void finish() {
        stage = FINISHED;
        SagaLifecycle.end();
    }

    // Lost commands

    /** Asks again for whatever may have been asked for last: providers, orders and products know repeats as such. */
    @SagaEventHandler(associationProperty = "orderId")
    public void on(CommandsLost event, Commands commands, PaymentStep payment, ShippingStep shipping) {
        switch (stage) {
            case RESERVING -> reserve(commands);
            case AUTHORIZING -> payment.authorize(id(), amount());
            case CONFIRMING -> commands.send(new ConfirmOrder(id()));
            case DISPATCHING -> shipping.dispatch(id());
            case DELIVERING -> {
                payment.capture(id(), required(authorization), amount());
                sell(commands);
                shipping.awaitDelivery(id(), required(trackingNumber));
            }
            case COMPENSATING -> {
                undo(commands, payment);
                commands.send(required(rejection));
            }
            case FINISHED -> settleAgain(commands, payment);
        }
    }

    private void settleAgain(Commands commands, PaymentStep payment) {
        if (delivered) {
            sell(commands);
        } else {
            undo(commands, payment);
        }
    }

    // What the repository needs to know

    Stage stage() {
        return stage;
    }

    /** Whether this order still waits for stock or payment; once it is told to confirm, it may take its time. */
    boolean canBeOverdue() {
        return stage == RESERVING || stage == AUTHORIZING;
    }

    private Collection<Integer> lineNumbers() {
        return stocked.stream().map(OrderLine::number).toList();
    }

    private OrderId id() {
        return required(orderId);
    }

    private Money amount() {
        return required(total);
    }

    private static <T> T required(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("the fulfilment does not know yet what it needs");
        }
        return value;
    }
}
