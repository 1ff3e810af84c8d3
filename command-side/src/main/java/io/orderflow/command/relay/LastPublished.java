package io.orderflow.command.relay;

import io.orderflow.messaging.cloudevents.PublishedEvent;
import io.orderflow.messaging.config.KafkaClients;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** The last event in each partition of some topics, of those that were committed. */
final class LastPublished {

    private static final String READER = "orderflow-relay-check";
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long FIRST_LOOK = 10;

    private final Consumer<String, byte[]> consumer;
    private final long limit;
    private final Map<TopicPartition, PublishedEvent> last = new HashMap<>();

    private LastPublished(Consumer<String, byte[]> consumer, Duration limit) {
        this.consumer = consumer;
        this.limit = System.nanoTime() + limit.toNanos();
    }

    /** @throws TimeoutException when Kafka does not tell within {@code limit} */
    static List<PublishedEvent> of(List<String> topics, KafkaClients clients, Duration limit) {
        try (Consumer<String, byte[]> consumer = clients.consumer(READER)) {
            return new LastPublished(consumer, limit).find(topics, limit);
        }
    }

    private List<PublishedEvent> find(List<String> topics, Duration patience) {
        List<TopicPartition> open = new ArrayList<>();
        topics.forEach(topic -> consumer.partitionsFor(topic, patience)
                .forEach(info -> open.add(new TopicPartition(topic, info.partition()))));
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(open, patience);
        Map<TopicPartition, Long> ends = consumer.endOffsets(open, patience);
        open.removeIf(partition -> begins.getOrDefault(partition, 0L) >= ends.getOrDefault(partition, 0L));
        for (long back = FIRST_LOOK; !open.isEmpty(); back *= 10) {
            long distance = back; // the last records may be markers of transactions, or no events
            open.removeIf(partition -> last.containsKey(partition));
            consumer.assign(open);
            open.forEach(partition -> consumer.seek(
                    partition,
                    Math.max(begins.getOrDefault(partition, 0L), ends.getOrDefault(partition, 0L) - distance)));
            readTo(ends, open);
            open.removeIf(partition -> last.containsKey(partition)
                    || ends.getOrDefault(partition, 0L) - distance <= begins.getOrDefault(partition, 0L));
        }
        return List.copyOf(last.values());
    }

    private void readTo(Map<TopicPartition, Long> ends, List<TopicPartition> open) {
        while (open.stream().anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
            if (System.nanoTime() > limit) {
                throw new TimeoutException("Kafka does not tell what was published last");
            }
            consumer.poll(POLL).forEach(this::note);
        }
    }

    private void note(ConsumerRecord<String, byte[]> received) {
        PublishedEvent.of(received)
                .ifPresent(event -> last.put(new TopicPartition(received.topic(), received.partition()), event));
    }
}
