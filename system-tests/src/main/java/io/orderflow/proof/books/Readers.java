package io.orderflow.proof.books;

import static java.util.stream.Collectors.toSet;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;

/** Waits until the readers of a service are behind certain records. */
final class Readers {

    private static final Duration LOOK = Duration.ofMillis(250);

    private final Sources sources;
    private final String url;
    private final String schema;

    Readers(Sources sources, String url, String schema) {
        this.sources = sources;
        this.url = url;
        this.schema = schema;
    }

    /** Returns when every reader is behind {@code last}, or after {@code patience}; notes each partition of each reader. */
    void await(Map<TopicPartition, Long> last, Duration patience, Check check) throws SQLException {
        long limit = System.nanoTime() + patience.toNanos();
        Map<String, String> topicIds = topicIds(last);
        List<String> behind = behind(last, topicIds);
        while (!behind.isEmpty() && System.nanoTime() < limit) {
            LockSupport.parkNanos(LOOK.toNanos());
            behind = behind(last, topicIds);
        }
        check.examined(last.size());
        behind.forEach(check::offend);
    }

    private Map<String, String> topicIds(Map<TopicPartition, Long> last) {
        Set<String> topics = last.keySet().stream().map(TopicPartition::topic).collect(toSet());
        Map<String, String> ids = new HashMap<>();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", sources.brokers()))) {
            admin.describeTopics(topics)
                    .allTopicNames()
                    .get()
                    .forEach((topic, found) -> ids.put(topic, found.topicId().toString()));
            return ids;
        } catch (ExecutionException e) {
            throw new IllegalStateException("Kafka cannot be asked for the ids of its topics", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private List<String> behind(Map<TopicPartition, Long> last, Map<String, String> topicIds) throws SQLException {
        List<String> behind = new ArrayList<>();
        try (Connection connection = sources.snapshot(url);
                Statement statement = connection.createStatement()) {
            Set<String> readers = new HashSet<>();
            Set<String> positioned = new HashSet<>();
            Set<String> read = new HashSet<>(); // not every reader reads every topic
            try (ResultSet rows = statement.executeQuery(
                    "select reader, topic, partition, next_offset, topic_id from " + schema + ".reader_position")) {
                while (rows.next()) {
                    String reader = rows.getString(1);
                    TopicPartition partition = new TopicPartition(rows.getString(2), rows.getInt(3));
                    readers.add(reader);
                    positioned.add(reader + " " + partition);
                    read.add(reader + " " + partition.topic());
                    Long wanted = last.get(partition);
                    if (wanted != null && !rows.getString(5).equals(topicIds.get(partition.topic()))) {
                        behind.add("%s.%s stands in an earlier topic %s, which is gone"
                                .formatted(schema, reader, partition));
                    } else if (wanted != null && rows.getLong(4) <= wanted) {
                        behind.add("%s.%s has not read %s beyond offset %d of %d"
                                .formatted(schema, reader, partition, rows.getLong(4), wanted));
                    }
                }
            }
            last.keySet().stream()
                    .map(TopicPartition::topic)
                    .distinct()
                    .filter(topic -> readers.stream().noneMatch(reader -> read.contains(reader + " " + topic)))
                    .forEach(topic -> behind.add(schema + " has read nothing of " + topic));
            for (String reader : readers) {
                for (TopicPartition partition : last.keySet()) {
                    if (read.contains(reader + " " + partition.topic())
                            && !positioned.contains(reader + " " + partition)) {
                        behind.add(schema + "." + reader + " has never read " + partition);
                    }
                }
            }
        }
        return behind;
    }
}
