package io.orderflow.messaging.reading;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The stored positions of one reader. */
final class Positions {

    private static final String INSERT =
            "INSERT INTO reader_position (reader, topic, partition, topic_id, next_offset, last_index)"
                    + " VALUES (:reader, :topic, :partition, :topicId, :offset, :index) ON CONFLICT DO NOTHING";

    // in key order, so that two who lock several cannot wait for each other in a circle
    private static final String LOCK = """
            SELECT topic, partition, topic_id, next_offset, last_index, epoch FROM reader_position
            WHERE reader = :reader AND (topic, partition) IN
                (SELECT topic, partition FROM unnest(:topics::text[], :partitions::integer[]) AS wanted (topic, partition))
            ORDER BY topic, partition FOR UPDATE
            """;

    private static final String MOVE = """
            UPDATE reader_position p SET topic_id = n.topic_id, next_offset = n.next_offset,
                last_index = n.last_index, epoch = n.epoch
            FROM unnest(:topics::text[], :partitions::integer[], :topicIds::text[], :offsets::bigint[], :indexes::bigint[],
                :epochs::text[]) AS n (topic, partition, topic_id, next_offset, last_index, epoch)
            WHERE p.reader = :reader AND p.topic = n.topic AND p.partition = n.partition
            """;

    private final JdbcClient jdbc;
    private final String reader;

    Positions(JdbcClient jdbc, String reader) {
        this.jdbc = jdbc;
        this.reader = reader;
    }

    /** The stored position, made if there is none; where the topic was made anew, its start. Stored before returned. */
    Position open(TopicPartition partition, String topicId) {
        Position start = Position.start(topicId);
        jdbc.sql(INSERT)
                .param("reader", reader)
                .param("topic", partition.topic())
                .param("partition", partition.partition())
                .param("topicId", topicId)
                .param("offset", start.nextOffset())
                .param("index", start.lastIndex())
                .update();
        Position stored = lock(Set.of(partition)).get(partition);
        if (stored == null) {
            throw new IllegalStateException("the position of " + partition + " was made, and is not there");
        }
        if (stored.topicId().equals(topicId)) {
            return stored;
        }
        Position anew = stored.inNewTopic(topicId);
        move(Map.of(partition, anew));
        return anew;
    }

    /** Locks the rows of partitions until the transaction ends, so that of two owners only one applies. */
    Map<TopicPartition, Position> lock(Set<TopicPartition> partitions) {
        Map<TopicPartition, Position> locked = new HashMap<>();
        of(jdbc.sql(LOCK), List.copyOf(partitions)).query(row -> {
            locked.put(
                    new TopicPartition(row.getString(1), row.getInt(2)),
                    new Position(row.getString(3), row.getLong(4), row.getLong(5), row.getString(6)));
        });
        return locked;
    }

    void move(Map<TopicPartition, Position> positions) {
        List<TopicPartition> partitions = List.copyOf(positions.keySet());
        List<Position> next = partitions.stream().map(positions::get).toList();
        int moved = of(jdbc.sql(MOVE), partitions)
                .param("topicIds", column(next, Position::topicId, new String[0]))
                .param("offsets", column(next, Position::nextOffset, new Long[0]))
                .param("indexes", column(next, Position::lastIndex, new Long[0]))
                .param("epochs", column(next, Position::epoch, new String[0]))
                .update();
        if (moved != positions.size()) {
            throw new IllegalStateException("positions of " + partitions + " are not locked by this transaction");
        }
    }

    private JdbcClient.StatementSpec of(JdbcClient.StatementSpec statement, List<TopicPartition> partitions) {
        return statement
                .param("reader", reader)
                .param("topics", column(partitions, TopicPartition::topic, new String[0]))
                .param("partitions", column(partitions, TopicPartition::partition, new Integer[0]));
    }

    private static <R, C> C[] column(Collection<R> rows, Function<R, @Nullable C> value, C[] type) {
        return rows.stream().map(value).toList().toArray(type);
    }
}
