package io.orderflow.messaging.config;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.orderflow.messaging.KafkaFixture;
import io.orderflow.servers.KafkaServer;
import io.orderflow.servers.TestServers;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Nodes with a name take their partitions back when they are started again. */
class NamedNodesIT {

    private static final Duration POLL = Duration.ofMillis(100);

    private static KafkaServer kafka;

    @BeforeAll
    static void start() {
        kafka = KafkaServer.start(TestServers.temporaryFolder());
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    private static Consumer<String, byte[]> consumer(String node, String group) {
        KafkaSettings settings =
                new KafkaSettings(kafka.bootstrapServers(), node, KafkaFixture.PARTITIONS, (short) -1, Map.of());
        return new KafkaClients(settings).consumer(group, 0);
    }

    /** Dies when it is to give up partitions, once it has been told to. */
    private static final class Mortal implements ConsumerRebalanceListener {

        private final Consumer<?, ?> consumer;
        private boolean dies;

        Mortal(Consumer<?, ?> consumer) {
            this.consumer = consumer;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            partitions.forEach(partition -> consumer.seek(partition, 0));
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            if (dies && !partitions.isEmpty()) {
                throw new IllegalStateException("killed");
            }
        }
    }

    private static Mortal subscribe(Consumer<String, byte[]> consumer, String topic) {
        Mortal mortal = new Mortal(consumer);
        consumer.subscribe(List.of(topic), mortal);
        return mortal;
    }

    @Test
    void everyPartitionIsReadAfterOneWasKilledWhileItGaveUpItsShare() {
        String topic = new KafkaFixture(kafka.bootstrapServers()).newTopic();
        String group = "group-" + UUID.randomUUID();
        Consumer<String, byte[]> one = consumer("one", group);
        Mortal mortal = subscribe(one, topic);
        await().until(() -> {
            one.poll(POLL);
            return one.assignment().size() == KafkaFixture.PARTITIONS;
        });
        try (Consumer<String, byte[]> two = consumer("two", group)) {
            subscribe(two, topic);
            mortal.dies = true;
            assertThatThrownBy(() -> {
                        while (true) {
                            two.poll(POLL);
                            one.poll(POLL);
                        }
                    })
                    .hasStackTraceContaining("killed");
            mortal.dies = false;
            one.close();
            try (Consumer<String, byte[]> again = consumer("one", group)) {
                subscribe(again, topic);
                await().atMost(Duration.ofSeconds(40)).until(() -> {
                    two.poll(POLL);
                    again.poll(POLL);
                    return Stream.of(two, again)
                                    .mapToInt(consumer -> consumer.assignment().size())
                                    .sum()
                            == KafkaFixture.PARTITIONS;
                });
            }
        }
    }
}
