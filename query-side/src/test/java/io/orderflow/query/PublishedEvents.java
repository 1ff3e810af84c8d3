package io.orderflow.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.api.order.OrderId;
import io.orderflow.messaging.cloudevents.CloudEventConverter;
import io.orderflow.messaging.config.KafkaClients;
import io.orderflow.messaging.config.Topics;
import io.orderflow.messaging.pulse.Beat;
import io.orderflow.messaging.pulse.Pulse;
import io.orderflow.messaging.serialization.ContractSerializer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.springframework.boot.test.context.TestComponent;

/** Publishes events as the relay does: CloudEvents with the store's index and epoch, in the store's order. */
@TestComponent
final class PublishedEvents {

    private static final UUID EPOCH = UUID.randomUUID();

    /** Of the store, whichever service reads it: one for all services of this JVM. */
    private static final AtomicLong INDEX = new AtomicLong();

    private final KafkaClients clients;
    private final CloudEventConverter converter;

    PublishedEvents(KafkaClients clients, ContractSerializer serializer) {
        this.clients = clients;
        this.converter = new CloudEventConverter(serializer, () -> EPOCH);
        create(Topics.ORDERS);
        create(Topics.INVENTORY);
    }

    void create(String topic) {
        try (Admin admin = clients.admin()) {
            // a topic can be created and not yet be known to the node that is asked for it
            await().ignoreExceptions().untilAsserted(() -> clients.topics().create(admin, List.of(topic)));
        }
    }

    /** Some versions of orders that come to be delivered: of all orders one, then of all the next. */
    void publishDelivered(List<OrderId> orders, String customer, int from, int to) {
        for (int version = from; version < to; version++) {
            int current = version;
            publish(
                    Topics.ORDERS,
                    orders.stream()
                            .<DomainEventMessage<?>>map(
                                    order -> Stories.ofOrder(order, Stories.delivered(order, customer))
                                            .get(current))
                            .toList());
        }
    }

    /** One after the other: in a partition, the store's order is that of the indexes. */
    synchronized void publish(String topic, List<? extends DomainEventMessage<?>> events) {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        try (Producer<String, byte[]> producer = clients.producers(Map.of()).createProducer()) {
            for (DomainEventMessage<?> event : events) {
                sent.add(producer.send(converter.createKafkaMessage(tracked(event), topic)));
            }
            producer.flush();
        }
        assertThat(sent).allSatisfy(answer -> assertThat(answer.get()).isNotNull());
    }

    /** Beats as a relay does that has published everything, until it is closed. */
    Pulsing pulsing() {
        return new Pulsing(clients);
    }

    static final class Pulsing implements AutoCloseable {

        private final Producer<String, byte[]> producer;
        private final Thread thread;
        private volatile boolean closed;

        Pulsing(KafkaClients clients) {
            producer = clients.producers(Map.of("transactional.id", "pulse")).createProducer();
            producer.initTransactions();
            thread = Thread.ofPlatform().start(this::run);
        }

        private void run() {
            Pulse pulse = new Pulse(Topics.ORDERS);
            String relay = UUID.randomUUID().toString();
            for (long number = 1; !closed; number++) {
                producer.beginTransaction();
                pulse.add(new Beat(relay, number), producer);
                producer.commitTransaction();
                LockSupport.parkNanos(Pulse.PAUSE.toNanos());
            }
        }

        @Override
        public void close() throws InterruptedException {
            closed = true;
            thread.join();
            producer.close();
        }
    }

    private <T> GenericTrackedDomainEventMessage<T> tracked(DomainEventMessage<T> event) {
        return new GenericTrackedDomainEventMessage<>(new GlobalSequenceTrackingToken(INDEX.incrementAndGet()), event);
    }
}
