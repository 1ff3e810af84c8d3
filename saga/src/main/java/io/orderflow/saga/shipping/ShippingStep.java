package io.orderflow.saga.shipping;

import io.orderflow.api.order.OrderCommand;
import io.orderflow.api.order.OrderCommand.DeliverOrder;
import io.orderflow.api.order.OrderCommand.ShipOrder;
import io.orderflow.api.order.OrderId;
import io.orderflow.api.shipping.TrackingNumber;
import io.orderflow.saga.shipping.ShippingWork.AwaitDelivery;
import io.orderflow.saga.shipping.ShippingWork.Dispatch;
import io.orderflow.saga.shipping.ShippingWork.Recall;
import io.orderflow.saga.work.Lane;
import java.time.Duration;
import java.util.List;

/** Has the carrier bring parcels, and tells the order where its parcel is. */
public final class ShippingStep extends Lane<ShippingWork> {

    private final Carrier carrier;
    private final Duration askAgainIn;

    /** @param askAgainIn how long to wait before asking again whether a parcel was delivered */
    public ShippingStep(Carrier carrier, Duration askAgainIn) {
        super("shipping", ShippingWork.class);
        this.carrier = carrier;
        this.askAgainIn = askAgainIn;
    }

    /** Answered by {@code OrderShipped}. */
    public void dispatch(OrderId orderId) {
        request(orderId, new Dispatch());
    }

    /** Answered by {@code OrderDelivered}. */
    public void awaitDelivery(OrderId orderId, TrackingNumber trackingNumber) {
        request(orderId, new AwaitDelivery(trackingNumber));
    }

    /** Calls the parcel of a cancelled order back. Not answered. */
    public void recall(OrderId orderId) {
        request(orderId, new Recall());
    }

    @Override
    protected List<OrderCommand> perform(OrderId orderId, ShippingWork work) {
        return switch (work) {
            case Dispatch dispatch -> List.of(new ShipOrder(orderId, carrier.name(), carrier.dispatch(orderId)));
            case AwaitDelivery await -> {
                if (!carrier.isDelivered(await.trackingNumber())) {
                    throw new NotYetException(askAgainIn);
                }
                yield List.of(new DeliverOrder(orderId));
            }
            case Recall recall -> {
                carrier.recall(orderId);
                yield List.of();
            }
        };
    }
}
