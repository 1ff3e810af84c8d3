package io.orderflow.query.projection;

import io.orderflow.messaging.config.KafkaClients;
import io.orderflow.messaging.config.Topics;
import io.orderflow.messaging.pulse.Beat;
import io.orderflow.messaging.pulse.Pulse;
import io.orderflow.messaging.reading.InfrastructureException;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What is in Kafka, compared with what a reader has applied. */
@Component
public class Published {

    private static final Logger log = LoggerFactory.getLogger(Published.class);

    private final KafkaClients clients;
    private final JdbcClient jdbc;
    private final Pulse pulse = new Pulse(Topics.ORDERS);
    private @Nullable Admin admin;

    Published(KafkaClients clients, JdbcClient jdbc) {
        this.clients = clients;
        this.jdbc = jdbc;
    }

    /**
     * What was in some topics at some moment.
     *
     * @param topicIds of these topics: of a later one of the same name an offset means something else
     * @param ends the offset behind the last record of each partition
     */
    public record Extent(List<String> topicIds, Map<TopicPartition, Long> ends) {}

    /**
     * What is in {@code topics} now.
     *
     * @throws InfrastructureException when Kafka is away
     */
    public Extent extent(List<String> topics) {
        List<TopicDescription> now = topics.stream().map(this::describe).toList();
        return new Extent(now.stream().map(topic -> topic.topicId().toString()).toList(), endsOf(now));
    }

    /** Whether all of {@code extent} is applied. */
    public boolean isAppliedBy(String reader, Extent extent) {
        Map<TopicPartition, Long> applied = appliedOf(extent.topicIds(), reader);
        return extent.ends().entrySet().stream()
                .allMatch(end -> applied.getOrDefault(end.getKey(), 0L) >= end.getValue());
    }

    /** Whether all that was in {@code topics} when this was asked is applied. False also when Kafka is away. */
    public boolean isAppliedBy(String reader, List<String> topics) {
        try {
            return isAppliedBy(reader, extent(topics));
        } catch (InfrastructureException e) {
            log.info("{}", e.getMessage());
            return false;
        }
    }

    /** The offset of the next record that {@code reader} will read, for each partition it knows. */
    public Map<TopicPartition, Long> applied(String reader) {
        return positions("SELECT topic, partition, next_offset FROM reader_position WHERE reader = ?", reader);
    }

    // of an earlier topic of the same name an offset means nothing
    private Map<TopicPartition, Long> appliedOf(List<String> topicIds, String reader) {
        return positions(
                "SELECT topic, partition, next_offset FROM reader_position WHERE reader = ? AND topic_id = ANY (?)",
                reader,
                topicIds.toArray(String[]::new));
    }

    private Map<TopicPartition, Long> positions(String sql, Object... parameters) {
        Map<TopicPartition, Long> positions = new HashMap<>();
        jdbc.sql(sql).params(parameters).query(row -> {
            positions.put(new TopicPartition(row.getString(1), row.getInt(2)), row.getLong(3));
        });
        return positions;
    }

    /**
     * The offset behind the last record of each partition, markers of transactions included. A topic that nobody has made
     * yet has none.
     *
     * @throws InfrastructureException when Kafka is away
     */
    public Map<TopicPartition, Long> ends(List<String> topics) {
        return endsOf(topics.stream().map(this::describe).toList());
    }

    private Map<TopicPartition, Long> endsOf(List<TopicDescription> topics) {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        for (TopicDescription topic : topics) {
            topic.partitions()
                    .forEach(partition ->
                            latest.put(new TopicPartition(topic.name(), partition.partition()), OffsetSpec.latest()));
        }
        Map<TopicPartition, Long> ends = new HashMap<>();
        answer(() -> admin().listOffsets(latest).all().get(5, TimeUnit.SECONDS))
                .forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }

    /**
     * The relay's last sign that it has published every stored event; null when there is none.
     *
     * @throws InfrastructureException when Kafka is away
     */
    public @Nullable Beat lastBeat() {
        return answer(() -> pulse.last(admin(), Duration.ofSeconds(5))).orElse(null);
    }

    private TopicDescription describe(String topic) {
        return answer(() -> {
            try {
                return admin().describeTopics(List.of(topic))
                        .topicNameValues()
                        .values()
                        .iterator()
                        .next()
                        .get(5, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                    return new TopicDescription(topic, false, List.of());
                }
                throw e;
            }
        });
    }

    private interface Question<T> {
        T ask() throws ExecutionException, InterruptedException, TimeoutException;
    }

    private static <T> T answer(Question<T> question) {
        try {
            return question.ask();
        } catch (ExecutionException | TimeoutException e) {
            throw new InfrastructureException("Kafka cannot be asked how far it reaches: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InfrastructureException("interrupted while asking Kafka", e);
        }
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
