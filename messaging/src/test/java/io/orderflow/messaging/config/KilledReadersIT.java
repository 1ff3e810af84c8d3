package io.orderflow.messaging.config;

import static org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP;
import static org.apache.kafka.clients.consumer.CloseOptions.groupMembershipOperation;
import static org.awaitility.Awaitility.await;

import io.orderflow.messaging.KafkaFixture;
import io.orderflow.servers.KafkaServer;
import io.orderflow.servers.TestServers;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whenever readers are killed and started again, every partition is somebody's again. */
class KilledReadersIT {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static KafkaServer kafka;

    @BeforeAll
    static void start() {
        kafka = KafkaServer.start(TestServers.temporaryFolder());
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    /** The readers of two nodes, which know nothing of what was read before. */
    private static List<Consumer<String, byte[]>> readers(String group, String topic) {
        return Stream.of("one", "other")
                .map(node -> {
                    Consumer<String, byte[]> consumer =
                            new KafkaFixture(kafka.bootstrapServers()).clients().consumer(group);
                    consumer.subscribe(List.of(topic), new FromTheBeginning(consumer));
                    return consumer;
                })
                .toList();
    }

    private record FromTheBeginning(Consumer<?, ?> consumer) implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            partitions.forEach(partition -> consumer.seek(partition, 0));
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {}
    }

    private static void awaitAssigned(List<Consumer<String, byte[]>> readers, int partitions) {
        await().atMost(LIMIT).until(() -> {
            readers.forEach(reader -> reader.poll(POLL));
            return readers.stream()
                            .mapToInt(reader -> reader.assignment().size())
                            .sum()
                    == partitions;
        });
    }

    /** The broker sees no more of them, until their sessions end. */
    private static void kill(List<Consumer<String, byte[]>> readers) {
        readers.forEach(reader -> reader.close(groupMembershipOperation(REMAIN_IN_GROUP)));
    }

    @Test
    void aTopicThatWasMadeAnewWhileTheyWereDeadIsReadAfterwards() {
        KafkaFixture fixture = new KafkaFixture(kafka.bootstrapServers());
        String topic = fixture.newTopic();
        String group = "group-of-" + topic;
        List<Consumer<String, byte[]>> killed = readers(group, topic);
        awaitAssigned(killed, KafkaFixture.PARTITIONS);
        fixture.deleteTopic(topic);
        awaitAssigned(killed, 0);
        kill(killed);
        fixture.createTopic(topic);

        List<Consumer<String, byte[]>> again = readers(group, topic);
        awaitAssigned(again, KafkaFixture.PARTITIONS);
        again.forEach(Consumer::close);
    }
}
