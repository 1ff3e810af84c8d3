package io.orderflow.messaging.reading;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The stored positions of one reader. */
final class Positions {

    private static final String WHERE = " WHERE reader = :reader AND topic = :topic AND partition = :partition";
    private static final String SELECT = "SELECT topic_id, next_offset, last_index, epoch FROM reader_position" + WHERE;

    private final JdbcClient jdbc;
    private final String reader;

    Positions(JdbcClient jdbc, String reader) {
        this.jdbc = jdbc;
        this.reader = reader;
    }

    /** The stored position, made if there is none; where the topic was made anew, its start. Stored before returned. */
    Position open(TopicPartition partition, String topicId) {
        Position start = Position.start(topicId);
        bind(
                        "INSERT INTO reader_position VALUES (:reader, :topic, :partition, :topicId, :offset, :index, :epoch)"
                                + " ON CONFLICT DO NOTHING",
                        partition,
                        start)
                .update();
        Position stored = lock(partition).orElseThrow();
        if (stored.topicId().equals(topicId)) {
            return stored;
        }
        Position anew = stored.inNewTopic(topicId);
        move(partition, anew);
        return anew;
    }

    /** Locks the partition's row until the transaction ends, so that of two owners only one applies. */
    Optional<Position> lock(TopicPartition partition) {
        return jdbc.sql(SELECT + " FOR UPDATE")
                .param("reader", reader)
                .param("topic", partition.topic())
                .param("partition", partition.partition())
                .query(Positions::read)
                .optional();
    }

    void move(TopicPartition partition, Position position) {
        int moved = bind(
                        "UPDATE reader_position SET topic_id = :topicId, next_offset = :offset, last_index = :index,"
                                + " epoch = :epoch" + WHERE,
                        partition,
                        position)
                .update();
        if (moved != 1) {
            throw new IllegalStateException("the position of " + partition + " is not locked by this transaction");
        }
    }

    private JdbcClient.StatementSpec bind(String sql, TopicPartition partition, Position position) {
        return jdbc.sql(sql)
                .param("reader", reader)
                .param("topic", partition.topic())
                .param("partition", partition.partition())
                .param("topicId", position.topicId())
                .param("offset", position.nextOffset())
                .param("index", position.lastIndex())
                .param("epoch", position.epoch());
    }

    private static Position read(ResultSet row, int number) throws SQLException {
        return new Position(row.getString(1), row.getLong(2), row.getLong(3), row.getString(4));
    }
}
