package io.orderflow.saga.notification;

import io.orderflow.api.order.OrderCommand;
import io.orderflow.api.order.OrderId;
import io.orderflow.saga.notification.NotificationWork.Notify;
import io.orderflow.saga.work.Lane;
import java.util.List;

/** Tells customers what happened to their orders. Nothing waits for it. */
public final class NotificationStep extends Lane<NotificationWork> {

    private final NotificationChannel channel;

    public NotificationStep(NotificationChannel channel) {
        super("notification", NotificationWork.class);
        this.channel = channel;
    }

    /** Tells the customer, where there is a way to. */
    public void tell(OrderId orderId, Occasion occasion, Contact contact) {
        if (!contact.reachesNobody()) {
            request(orderId, new Notify(occasion, contact));
        }
    }

    @Override
    protected List<OrderCommand> perform(OrderId orderId, NotificationWork work) {
        return switch (work) {
            case Notify notify -> {
                String key = orderId + "/" + notify.occasion();
                channel.send(key, orderId, notify.occasion(), notify.contact());
                yield List.of();
            }
        };
    }
}
