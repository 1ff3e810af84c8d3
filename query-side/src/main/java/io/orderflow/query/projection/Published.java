package io.orderflow.query.projection;

import io.orderflow.messaging.config.KafkaClients;
import io.orderflow.messaging.config.Topics;
import jakarta.annotation.PreDestroy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What is in Kafka, compared with what is applied. */
@Component
public class Published {

    private static final Logger log = LoggerFactory.getLogger(Published.class);

    private final KafkaClients clients;
    private final JdbcClient jdbc;
    private final Reader reader;
    private @Nullable Admin admin;

    Published(KafkaClients clients, JdbcClient jdbc, Reader reader) {
        this.clients = clients;
        this.jdbc = jdbc;
        this.reader = reader;
    }

    /** The reader that fills the tables which answer questions about orders. */
    public interface Reader {
        String name();
    }

    /** Whether every event of an order that was in Kafka when this was asked is applied. False also when Kafka is away. */
    public boolean isApplied() {
        try {
            Map<Integer, Long> ends = ends(Topics.ORDERS);
            Map<Integer, Long> applied = new HashMap<>();
            jdbc.sql("SELECT partition, next_offset FROM reader_position WHERE reader = ? AND topic = ?")
                    .param(reader.name())
                    .param(Topics.ORDERS)
                    .query(row -> {
                        applied.put(row.getInt(1), row.getLong(2));
                    });
            return ends.entrySet().stream().allMatch(end -> applied.getOrDefault(end.getKey(), 0L) >= end.getValue());
        } catch (ExecutionException | TimeoutException e) {
            log.info("Kafka cannot be asked how far it reaches: {}", e.toString());
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The offset behind the last record of each partition, markers of transactions included. */
    private Map<Integer, Long> ends(String topic) throws ExecutionException, InterruptedException, TimeoutException {
        var partitions = Objects.requireNonNull(admin().describeTopics(List.of(topic))
                        .allTopicNames()
                        .get(5, TimeUnit.SECONDS)
                        .get(topic))
                .partitions();
        Map<TopicPartition, OffsetSpec> latest = partitions.stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest()));
        return admin().listOffsets(latest).all().get(5, TimeUnit.SECONDS).entrySet().stream()
                .collect(Collectors.toMap(
                        end -> end.getKey().partition(), end -> end.getValue().offset()));
    }

    private synchronized Admin admin() {
        if (admin == null) {
            admin = clients.admin();
        }
        return admin;
    }

    @PreDestroy
    synchronized void close() {
        if (admin != null) {
            admin.close();
        }
    }
}
