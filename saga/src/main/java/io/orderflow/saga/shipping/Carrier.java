package io.orderflow.saga.shipping;

import io.orderflow.api.order.OrderId;
import io.orderflow.api.shipping.CarrierName;
import io.orderflow.api.shipping.TrackingNumber;

/**
 * Whoever brings the parcel. Every call is about one order and can be repeated: an order has one parcel.
 *
 * <p>An exception means that the outcome is not known; the caller asks again.
 */
public interface Carrier {

    /** What customers call it. */
    CarrierName name();

    /** Hands the order's parcel over. */
    TrackingNumber dispatch(OrderId orderId);

    /** Whether the customer has the parcel. */
    boolean isDelivered(TrackingNumber trackingNumber);

    /** Calls the parcel back, or sees to it that none leaves. */
    void recall(OrderId orderId);
}
