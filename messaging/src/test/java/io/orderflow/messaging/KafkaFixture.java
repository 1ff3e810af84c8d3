package io.orderflow.messaging;

import io.orderflow.messaging.config.KafkaClients;
import io.orderflow.messaging.config.KafkaSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Topics and producers for tests on a real broker. */
public final class KafkaFixture {

    public static final int PARTITIONS = 12;

    private final KafkaClients clients;

    public KafkaFixture(String bootstrapServers) {
        this.clients = new KafkaClients(settings(bootstrapServers));
    }

    public static KafkaSettings settings(String bootstrapServers) {
        return new KafkaSettings(bootstrapServers, PARTITIONS, (short) -1, Map.of());
    }

    public KafkaClients clients() {
        return clients;
    }

    /** Creates a topic of the usual shape under a name of its own. */
    public String newTopic() {
        String name = "topic-" + UUID.randomUUID();
        createTopic(name);
        return name;
    }

    public void createTopic(String name) {
        try (Admin admin = clients.admin()) {
            admin.createTopics(List.of(new NewTopic(name, Optional.of(PARTITIONS), Optional.empty())))
                    .all()
                    .get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public void deleteTopic(String name) {
        try (Admin admin = clients.admin()) {
            admin.deleteTopics(List.of(name)).all().get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public Producer<String, byte[]> producer() {
        return clients.producers(Map.of("delivery.timeout.ms", 20_000, "request.timeout.ms", 5_000))
                .createProducer();
    }

    /** Sends records in their order and waits until they are stored. */
    public void send(List<ProducerRecord<String, byte[]>> records) {
        Producer<String, byte[]> producer = producer();
        var acks = records.stream().map(producer::send).toList();
        for (var ack : acks) {
            try {
                ack.get();
            } catch (ExecutionException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
