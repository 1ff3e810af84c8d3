package io.orderflow.bench.yardstick;

import io.orderflow.bench.bed.Standing;
import io.orderflow.bench.bed.Testbed;
import io.orderflow.bench.measure.Figure.Yardstick;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** The records of a topic, sent once more to another one by a plain idempotent producer: what kafka-producer-perf does. */
public final class ProducedRecords {

    private static final String TOPIC = Testbed.YARDSTICK_TOPIC;
    private static final int SAMPLE = 50_000;

    private final String bootstrapServers;
    private final List<ConsumerRecord<byte[], byte[]>> sample;

    private ProducedRecords(String bootstrapServers, List<ConsumerRecord<byte[], byte[]>> sample) {
        this.bootstrapServers = bootstrapServers;
        this.sample = sample;
    }

    public static Yardstick sameAs(String topic, Rounds rounds, Testbed testbed, Standing standing) throws Exception {
        String servers = testbed.bootstrapServers();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, Optional.of(Testbed.PARTITIONS), Optional.empty())))
                    .all()
                    .get();
        }
        ProducedRecords records = new ProducedRecords(servers, sample(topic, servers, standing));
        double value = Medians.of(rounds.rounds(), () -> records.rate(rounds.length()));
        return new Yardstick("a plain producer of the same records, acks=all, lz4", value);
    }

    private static List<ConsumerRecord<byte[], byte[]>> sample(String topic, String servers, Standing standing) {
        Map<String, Object> config = new HashMap<>();
        config.put("bootstrap.servers", servers);
        config.put("isolation.level", "read_committed");
        config.put("key.deserializer", ByteArrayDeserializer.class);
        config.put("value.deserializer", ByteArrayDeserializer.class);
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(config)) {
            List<TopicPartition> partitions = List.copyOf(standing.ends(topic).keySet());
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            int empty = 0;
            while (records.size() < SAMPLE && empty < 10) { // there may be fewer
                int before = records.size();
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
                empty = records.size() == before ? empty + 1 : 0;
            }
        }
        if (records.isEmpty()) {
            throw new IllegalStateException("there are no records in " + topic);
        }
        return records;
    }

    private double rate(Duration length) throws InterruptedException, ExecutionException {
        Map<String, Object> config = new HashMap<>();
        config.put("bootstrap.servers", bootstrapServers);
        config.put("acks", "all");
        config.put("compression.type", "lz4");
        config.put("linger.ms", 5);
        config.put("batch.size", 128 << 10);
        config.put("buffer.memory", 64L << 20);
        config.put("key.serializer", ByteArraySerializer.class);
        config.put("value.serializer", ByteArraySerializer.class);
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        long sent = 0;
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(config)) {
            long began = System.nanoTime();
            while (System.nanoTime() - began < length.toNanos()) {
                ConsumerRecord<byte[], byte[]> record = sample.get((int) (sent++ % sample.size()));
                var unused = producer.send(
                        new ProducerRecord<>(TOPIC, null, record.key(), record.value(), record.headers()),
                        (metadata, e) -> failure.compareAndSet(null, e));
            }
            producer.flush();
            if (failure.get() != null) {
                throw new ExecutionException("a record was not acknowledged", failure.get());
            }
            return sent * 1e9 / (System.nanoTime() - began);
        }
    }
}
