package io.orderflow.messaging.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class AppliersTest {

    @Test
    void threadsGetSharesOfAboutTheSameSize() {
        try (Appliers appliers = new Appliers("test", 2, Set.of())) {
            assertThat(appliers.sharesOf(polled(Map.of("a-0", 5, "a-1", 3, "b-0", 2, "b-1", 4))))
                    .containsExactlyInAnyOrder(partitions("a-0", "b-0"), partitions("a-1", "b-1"));
        }
    }

    @Test
    void whatIsUndividedStaysWithOneThread() {
        try (Appliers appliers = new Appliers("test", 2, Set.of("b"))) {
            assertThat(appliers.sharesOf(polled(Map.of("a-0", 5, "a-1", 3, "b-0", 2, "b-1", 4))))
                    .containsExactlyInAnyOrder(partitions("b-0", "b-1"), partitions("a-0", "a-1"));
        }
    }

    @Test
    void thereAreNoMoreSharesThanPartitions() {
        try (Appliers appliers = new Appliers("test", 4, Set.of())) {
            assertThat(appliers.sharesOf(polled(Map.of("a-0", 5, "a-1", 3))))
                    .containsExactlyInAnyOrder(partitions("a-0"), partitions("a-1"));
        }
    }

    private static ConsumerRecords<String, byte[]> polled(Map<String, Integer> sizes) {
        Map<TopicPartition, List<ConsumerRecord<String, byte[]>>> records = new LinkedHashMap<>();
        sizes.forEach((name, size) -> {
            TopicPartition partition = partition(name);
            records.put(
                    partition,
                    Collections.nCopies(
                            size,
                            new ConsumerRecord<>(partition.topic(), partition.partition(), 0, "key", new byte[0])));
        });
        return new ConsumerRecords<>(records, Map.of());
    }

    private static Set<TopicPartition> partitions(String... names) {
        return Set.of(List.of(names).stream().map(AppliersTest::partition).toArray(TopicPartition[]::new));
    }

    private static TopicPartition partition(String name) {
        return new TopicPartition(name.substring(0, 1), Integer.parseInt(name.substring(2)));
    }
}
