package io.orderflow.saga.notification;

import io.orderflow.api.order.OrderId;
import io.orderflow.saga.work.Simulation;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Stands in for e-mail and text messages: a durable ledger with one entry per message. */
public final class SimulatedNotificationChannel implements NotificationChannel {

    private final JdbcClient ledger;
    private final Simulation simulation;

    public SimulatedNotificationChannel(JdbcClient ledger, Simulation simulation) {
        this.ledger = ledger;
        this.simulation = simulation;
    }

    @Override
    public void send(String key, OrderId orderId, Occasion occasion, Contact contact) {
        simulation.answer();
        ledger.sql(
                        "INSERT INTO simulated_notification (idempotency_key, occasion) VALUES (?, ?) ON CONFLICT DO NOTHING")
                .param(key)
                .param(occasion.name())
                .update();
    }
}
