package io.orderflow.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class KafkaServerIT {

    @Test
    void topicsSurviveAStopAndAStartOnTheSamePort() throws Exception {
        try (KafkaServer server = KafkaServer.start(TestServers.temporaryFolder())) {
            String before = server.bootstrapServers();
            createTopic(server);
            send(server, "before");
            server.stop();
            server.start();
            send(server, "after");

            assertThat(server.bootstrapServers()).isEqualTo(before);
            assertThat(read(server, 2)).containsExactly("before", "after");
        }
    }

    @Test
    void aConnectedProducerGoesOnWhenTheServerIsBack() throws Exception {
        try (KafkaServer server = KafkaServer.start(TestServers.temporaryFolder());
                KafkaProducer<String, String> producer = producer(server)) {
            createTopic(server);
            producer.send(new ProducerRecord<>("t", "before")).get();
            server.stop();
            // sent by a thread of its own: a client that lost its only broker forgets the topic, and send() waits
            FutureTask<Long> offset = new FutureTask<>(() ->
                    producer.send(new ProducerRecord<>("t", "while away")).get().offset());
            Thread.ofVirtual().start(offset);
            server.start();

            assertThat(offset.get()).isEqualTo(1);
        }
    }

    @Test
    void noTopicIsMadeUnasked() {
        try (KafkaServer server = KafkaServer.start(TestServers.temporaryFolder());
                KafkaProducer<String, String> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", server.bootstrapServers(), "max.block.ms", 500),
                        new StringSerializer(),
                        new StringSerializer())) {
            assertThatThrownBy(() ->
                            producer.send(new ProducerRecord<>("unasked", "x")).get())
                    .hasRootCauseInstanceOf(UnknownTopicOrPartitionException.class);
        }
    }

    private static void createTopic(KafkaServer server) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", server.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic("t", 1, (short) 1))).all().get();
        }
    }

    private static void send(KafkaServer server, String value) throws Exception {
        try (KafkaProducer<String, String> producer = producer(server)) {
            producer.send(new ProducerRecord<>("t", value)).get();
        }
    }

    private static KafkaProducer<String, String> producer(KafkaServer server) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", server.bootstrapServers()), new StringSerializer(), new StringSerializer());
    }

    private static List<String> read(KafkaServer server, int count) {
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", server.bootstrapServers()),
                new StringDeserializer(),
                new StringDeserializer())) {
            TopicPartition partition = new TopicPartition("t", 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            List<String> values = new ArrayList<>();
            while (values.size() < count) {
                consumer.poll(Duration.ofSeconds(10)).forEach(record -> values.add(record.value()));
            }
            return values;
        }
    }
}
