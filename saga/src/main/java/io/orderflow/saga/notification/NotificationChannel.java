package io.orderflow.saga.notification;

import io.orderflow.api.order.OrderId;

/** A way to tell customers something: e-mail, text messages. */
public interface NotificationChannel {

    /**
     * Tells a customer.
     *
     * @param key the same for the same message: a channel that can tell repeats sends it once
     * @throws RuntimeException when it is not known to be sent; it is tried again
     */
    void send(String key, OrderId orderId, Occasion occasion, Contact contact);
}
