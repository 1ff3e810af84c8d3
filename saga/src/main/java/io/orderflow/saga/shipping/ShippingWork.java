package io.orderflow.saga.shipping;

import io.orderflow.api.shipping.TrackingNumber;

/** What the shipping step is asked for. */
sealed interface ShippingWork {

    record Dispatch() implements ShippingWork {}

    record AwaitDelivery(TrackingNumber trackingNumber) implements ShippingWork {}

    /** Stands behind the dispatch in its order's lane. */
    record Recall() implements ShippingWork {}
}
