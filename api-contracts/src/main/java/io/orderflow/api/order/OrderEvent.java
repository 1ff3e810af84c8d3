package io.orderflow.api.order;

import io.orderflow.api.payment.AuthorizationId;
import io.orderflow.api.payment.Money;
import io.orderflow.api.shipping.CarrierName;
import io.orderflow.api.shipping.TrackingNumber;
import java.util.List;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/** What happened to an order, in one order: its customer's timeline and its audit trail. */
public sealed interface OrderEvent {

    OrderId orderId();

    /**
     * The order was accepted.
     *
     * @param total sum of the lines, computed by us
     */
    record OrderPlaced(
            OrderId orderId,
            CustomerId customer,
            @Nullable EmailAddress email,
            @Nullable PhoneNumber phone,
            List<OrderLine> lines,
            Money total)
            implements OrderEvent {}

    /** The payment provider holds the amount; nothing was taken yet. */
    record PaymentAuthorized(OrderId orderId, AuthorizationId authorization, Money amount) implements OrderEvent {}

    /** The payment provider refused the amount. */
    record PaymentDeclined(OrderId orderId, String reason) implements OrderEvent {}

    /** Stock is reserved and the amount is held. */
    record OrderConfirmed(OrderId orderId) implements OrderEvent {}

    /** The carrier has the parcel. */
    @Revision("2")
    record OrderShipped(OrderId orderId, CarrierName carrier, TrackingNumber trackingNumber) implements OrderEvent {}

    /** The held amount was taken. */
    record PaymentCaptured(OrderId orderId, Money amount) implements OrderEvent {}

    /** The held amount was given back without having been taken. */
    record PaymentVoided(OrderId orderId, Money amount) implements OrderEvent {}

    /** The customer has the parcel. The end of the happy path. */
    record OrderDelivered(OrderId orderId) implements OrderEvent {}

    /** The order could not be fulfilled. */
    record OrderRejected(OrderId orderId, RejectionReason reason, String detail) implements OrderEvent {}

    /** The order was called off before it was shipped. */
    record OrderCancelled(
            OrderId orderId, CancelledBy by, @Nullable Note note) implements OrderEvent {}
}
