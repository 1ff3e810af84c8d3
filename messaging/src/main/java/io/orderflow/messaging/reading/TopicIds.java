package io.orderflow.messaging.reading;

import io.orderflow.messaging.config.KafkaClients;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;

/** Asks the broker for the ids of topics, by which one made anew is told from the one that was read before. */
final class TopicIds {

    private final KafkaClients clients;
    private final List<String> topics;

    TopicIds(KafkaClients clients, List<String> topics) {
        this.clients = clients;
        this.topics = topics;
    }

    /** @throws InfrastructureException unless all topics are there, with the number of partitions they were made with */
    void awaited() {
        describe(topics).values().forEach(clients.topics()::requirePartitions);
    }

    String current(String topic) {
        return Objects.requireNonNull(describe(List.of(topic)).get(topic))
                .topicId()
                .toString();
    }

    private Map<String, TopicDescription> describe(List<String> names) {
        try (Admin admin = clients.admin()) {
            return admin.describeTopics(names).allTopicNames().get(10, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new InfrastructureException("topics " + names + " are not there yet, or the broker is away", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InfrastructureException("interrupted while asking for " + names, e);
        }
    }
}
