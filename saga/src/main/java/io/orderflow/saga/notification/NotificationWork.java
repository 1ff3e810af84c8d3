package io.orderflow.saga.notification;

/** What the notification step is asked for. */
sealed interface NotificationWork {

    record Notify(Occasion occasion, Contact contact) implements NotificationWork {}
}
