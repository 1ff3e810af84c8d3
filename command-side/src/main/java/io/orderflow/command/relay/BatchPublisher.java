package io.orderflow.command.relay;

import io.orderflow.messaging.config.KafkaClients;
import io.orderflow.messaging.config.Topics;
import io.orderflow.messaging.pulse.Beat;
import io.orderflow.messaging.pulse.Pulse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.axonframework.extensions.kafka.eventhandling.producer.ProducerFactory;

/**
 * Publishes batches, each in one Kafka transaction: readers see all of it, in order, or nothing. The transactional id is
 * the same on every node and in every life, so that opening this ends whatever an earlier one has left open.
 *
 * <p>After a failure this must be closed: only a new one knows where the broker stands.
 */
final class BatchPublisher implements AutoCloseable {

    private static final Map<String, Object> SETTINGS = Map.of(
            ProducerConfig.TRANSACTIONAL_ID_CONFIG,
            "orderflow-relay",
            ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
            60_000,
            ProducerConfig.LINGER_MS_CONFIG,
            20, // flushed at the end of each batch
            ProducerConfig.BATCH_SIZE_CONFIG,
            256 << 10);

    private final ProducerFactory<String, byte[]> factory;
    private final Producer<String, byte[]> producer;
    private final Pulse pulse = new Pulse(Topics.ORDERS);
    private Beat last = new Beat(UUID.randomUUID().toString(), 0);
    private long lastBegan = System.nanoTime();

    private BatchPublisher(ProducerFactory<String, byte[]> factory) {
        this.factory = factory;
        this.producer = factory.createProducer();
    }

    /** Fences every earlier publisher. */
    static BatchPublisher open(KafkaClients clients) {
        BatchPublisher publisher = new BatchPublisher(clients.producers(SETTINGS));
        try {
            publisher.producer.initTransactions();
            return publisher;
        } catch (RuntimeException e) {
            publisher.close();
            throw e;
        }
    }

    /**
     * Returns when the broker has all records and has committed them.
     *
     * @param goOn whether to keep asking when the broker does not say whether it has committed
     */
    void publish(List<ProducerRecord<String, byte[]>> records, BooleanSupplier goOn) throws InterruptedException {
        producer.beginTransaction();
        List<Future<RecordMetadata>> acks = new ArrayList<>(records.size());
        for (ProducerRecord<String, byte[]> next : records) {
            acks.add(producer.send(next));
        }
        producer.flush();
        for (Future<RecordMetadata> ack : acks) {
            await(ack);
        }
        commit(goOn);
    }

    /** Tells readers that everything is published; not more often than they need. */
    void beat(BooleanSupplier goOn) {
        if (System.nanoTime() - lastBegan < Pulse.PAUSE.toNanos()) {
            return;
        }
        lastBegan = System.nanoTime();
        last = new Beat(last.relay(), last.number() + 1);
        producer.beginTransaction();
        pulse.add(last, producer);
        commit(goOn);
    }

    private static void await(Future<RecordMetadata> ack) throws InterruptedException {
        try {
            ack.get();
        } catch (ExecutionException e) {
            throw new KafkaException("an event was not acknowledged; its whole batch is published again", e.getCause());
        }
    }

    // giving up here would publish again what may be published already
    private void commit(BooleanSupplier goOn) {
        while (true) {
            try {
                producer.commitTransaction();
                return;
            } catch (TimeoutException e) {
                if (!goOn.getAsBoolean()) {
                    throw e;
                }
            }
        }
    }

    @Override
    public void close() {
        factory.shutDown();
    }
}
