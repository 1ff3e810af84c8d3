package io.orderflow.saga.notification;

import io.orderflow.api.order.OrderId;
import io.orderflow.saga.work.Simulation;
import io.orderflow.saga.work.Together;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Stands in for e-mail and text messages: a durable ledger with one entry per message. */
public final class SimulatedNotificationChannel implements NotificationChannel {

    private static final int AT_ONCE = 500;

    private final JdbcClient ledger;
    private final Simulation simulation;
    private final Together<Message, Message> messages = new Together<>(AT_ONCE, this::enter);

    private record Message(String key, Occasion occasion) {}

    public SimulatedNotificationChannel(JdbcClient ledger, Simulation simulation) {
        this.ledger = ledger;
        this.simulation = simulation;
    }

    @Override
    public void send(String key, OrderId orderId, Occasion occasion, Contact contact) {
        simulation.answer();
        Message unused = messages.ask(new Message(key, occasion));
    }

    private List<Message> enter(List<Message> sent) {
        // in key order, so that two nodes cannot wait for each other in a circle
        ledger.sql("INSERT INTO simulated_notification (idempotency_key, occasion)"
                        + " SELECT * FROM unnest(?::text[], ?::text[]) AS m (key, occasion) ORDER BY key"
                        + " ON CONFLICT DO NOTHING")
                .param(sent.stream().map(Message::key).toArray(String[]::new))
                .param(sent.stream().map(message -> message.occasion().name()).toArray(String[]::new))
                .update();
        return sent;
    }
}
