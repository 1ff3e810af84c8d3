package io.orderflow.api.order;

import io.orderflow.api.CommandRejected;
import io.orderflow.api.payment.AuthorizationId;
import io.orderflow.api.payment.Money;
import io.orderflow.api.shipping.CarrierName;
import io.orderflow.api.shipping.TrackingNumber;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * What can be asked of an order. A command that comes again changes nothing. A person's command is refused with
 * {@link CommandRejected} when the order's status does not allow it; the fulfilment's commands are never refused: what
 * they tell is either recorded or already overtaken.
 */
public sealed interface OrderCommand {

    @TargetAggregateIdentifier
    OrderId orderId();

    /** Opens an order. Refused without lines, or with lines in different currencies. */
    record PlaceOrder(
            OrderId orderId,
            CustomerId customer,
            @Nullable EmailAddress email,
            @Nullable PhoneNumber phone,
            List<OrderLine> lines)
            implements OrderCommand {}

    /** Calls an order off. Refused once it is shipped. */
    record CancelOrder(
            OrderId orderId, CancelledBy by, @Nullable Note note) implements OrderCommand {}

    /** The payment provider holds the amount. */
    record RecordAuthorization(OrderId orderId, AuthorizationId authorization, Money amount) implements OrderCommand {}

    /** The payment provider refused the amount. */
    record RecordDecline(OrderId orderId, String reason) implements OrderCommand {}

    /** Stock is reserved and the amount is held: the parcel may leave. */
    record ConfirmOrder(OrderId orderId) implements OrderCommand {}

    /**
     * The carrier took the parcel.
     *
     * @param carrier null in commands from the time when there was but one
     */
    record ShipOrder(OrderId orderId, @Nullable CarrierName carrier, TrackingNumber trackingNumber)
            implements OrderCommand {}

    /** The held amount was taken. */
    record RecordCapture(OrderId orderId, Money amount) implements OrderCommand {}

    /** The held amount was given back without having been taken. */
    record RecordVoid(OrderId orderId, Money amount) implements OrderCommand {}

    /** The customer has the parcel. */
    record DeliverOrder(OrderId orderId) implements OrderCommand {}

    /** The order cannot be fulfilled. */
    record RejectOrder(OrderId orderId, RejectionReason reason, String detail) implements OrderCommand {}
}
