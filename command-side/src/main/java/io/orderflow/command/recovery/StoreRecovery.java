package io.orderflow.command.recovery;

import io.orderflow.command.store.PostgresConnections;
import io.orderflow.messaging.cloudevents.PublishedEvent;
import io.orderflow.messaging.config.KafkaClients;
import io.orderflow.messaging.config.Topics;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Makes a restored store what it was: every event that the topics have and the store lacks is stored again, as it was and
 * under the number it had. So the epoch stays, whoever reads the topics notices nothing, and what is stored next is
 * numbered behind everything that anybody has seen. Doing it again changes nothing.
 */
public final class StoreRecovery {

    private static final List<String> TOPICS = List.of(Topics.ORDERS, Topics.INVENTORY);
    private static final Duration LONGEST = Duration.ofHours(24);
    private static final Duration POLL = Duration.ofMillis(500);

    private final PostgresConnections connections;
    private final KafkaClients clients;
    private final java.util.function.Consumer<String> tell;
    private final Set<UUID> epochs = new HashSet<>();
    private long read;

    /** @param tell hears what is being done */
    public StoreRecovery(
            PostgresConnections connections, KafkaClients clients, java.util.function.Consumer<String> tell) {
        this.connections = connections;
        this.clients = clients;
        this.tell = tell;
    }

    /** @throws CannotRecover when the topics and the store contradict each other; nothing was changed then */
    public Recovered recover() throws SQLException {
        try (RecoveredStore store = RecoveredStore.open(connections.open("orderflow recover-store", LONGEST));
                Consumer<String, byte[]> consumer = clients.consumer("orderflow-recover-store")) {
            for (String topic : TOPICS) {
                read(topic, consumer, store);
            }
            tell.accept("%,d records read".formatted(read));
            return store.bringBack(epoch());
        }
    }

    private void read(String topic, Consumer<String, byte[]> consumer, RecoveredStore store) throws SQLException {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (partitions.stream()
                .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
            List<PublishedEvent> events = new ArrayList<>();
            consumer.poll(POLL).forEach(received -> PublishedEvent.of(received).ifPresent(events::add));
            events.forEach(event -> epochs.add(event.epoch()));
            store.compare(events);
            read += events.size();
        }
    }

    private UUID epoch() {
        if (epochs.size() == 1) {
            return epochs.iterator().next();
        }
        throw new CannotRecover(
                epochs.isEmpty()
                        ? "no event stands on the topics: there is nothing to bring back"
                        : "the topics hold events of several stores, of epochs " + epochs);
    }
}
