package io.orderflow.messaging.parking;

import io.orderflow.messaging.cloudevents.ReceivedRecord;
import io.orderflow.messaging.cloudevents.StoredHeaders;
import io.orderflow.messaging.serialization.UnknownMessageTypeException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The parked sequences of a service's readers. Every change happens in the caller's transaction and under the lock of the
 * sequence's row, so that a record which arrives while an operator retries stands either before or behind the retry.
 */
public final class Parking {

    private static final String WHERE = " WHERE reader = :reader AND sequence_id = :sequence";

    private final JdbcClient jdbc;

    public Parking(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Which of {@code sequences} are parked. Their rows are locked, in key order, until the transaction ends. */
    public Set<String> lockParked(String reader, Collection<String> sequences) {
        return new HashSet<>(jdbc.sql("SELECT sequence_id FROM parked_sequence WHERE reader = ?"
                        + " AND sequence_id = ANY (?) ORDER BY sequence_id FOR UPDATE")
                .param(reader)
                .param(sequences.toArray(String[]::new))
                .query(String.class)
                .list());
    }

    /** Parks a sequence because its record could not be processed. */
    public void park(String reader, String sequence, ReceivedRecord failed, Throwable cause) {
        jdbc.sql(
                        "INSERT INTO parked_sequence (reader, sequence_id, cause, awaiting_release)"
                                + " VALUES (:reader, :sequence, :cause, :awaiting) ON CONFLICT (reader, sequence_id) DO NOTHING")
                .param("reader", reader)
                .param("sequence", sequence)
                .param("cause", describe(cause))
                .param("awaiting", awaitsRelease(cause))
                .update();
        enqueue(reader, sequence, failed);
    }

    /** Puts a record behind those that are parked already. */
    public void enqueue(String reader, String sequence, ReceivedRecord received) {
        ConsumerRecord<String, byte[]> follower = received.polled();
        StoredHeaders headers = StoredHeaders.of(follower.headers());
        jdbc.sql("INSERT INTO parked_record (reader, sequence_id, topic, partition, record_offset, record_time,"
                        + " global_index, record_key, header_names, header_values, value)"
                        + " VALUES (:reader, :sequence, :topic, :partition, :offset, :time, :index, :key, :names, :values,"
                        + " :value)")
                .param("reader", reader)
                .param("sequence", sequence)
                .param("topic", follower.topic())
                .param("partition", follower.partition())
                .param("offset", follower.offset())
                .param("time", follower.timestamp())
                .param("index", Objects.requireNonNullElse(received.globalIndex(), 0L))
                .param("key", follower.key())
                .param("names", headers.names())
                .param("values", headers.values())
                .param("value", follower.value())
                .update();
    }

    /** Locks a parked sequence until the transaction ends; false when it is not parked. */
    public boolean lock(String reader, String sequence) {
        return !lockParked(reader, List.of(sequence)).isEmpty();
    }

    /** The record of a sequence whose turn it is. */
    Optional<Parked> first(String reader, String sequence) {
        return jdbc.sql("SELECT id, topic, partition, record_offset, record_time, record_key, header_names,"
                        + " header_values, value FROM parked_record" + WHERE
                        + " AND discarded_at IS NULL ORDER BY global_index, id LIMIT 1")
                .param("reader", reader)
                .param("sequence", sequence)
                .query(Parking::read)
                .optional();
    }

    /** Takes a record that was processed off its sequence. */
    void remove(long id) {
        jdbc.sql("DELETE FROM parked_record WHERE id = ?").param(id).update();
    }

    /** Takes a record off its sequence unprocessed; the row stays, with who did it. */
    void discard(long id, String actor) {
        jdbc.sql("UPDATE parked_record SET discarded_at = now(), discarded_by = ? WHERE id = ?")
                .param(actor)
                .param(id)
                .update();
    }

    /** Ends the parking of a sequence in which nothing waits any more. */
    void release(String reader, String sequence) {
        jdbc.sql("DELETE FROM parked_sequence" + WHERE)
                .param("reader", reader)
                .param("sequence", sequence)
                .update();
    }

    /** Notes that a retry failed. */
    void failedAgain(String reader, String sequence, Throwable cause) {
        jdbc.sql("UPDATE parked_sequence SET attempts = attempts + 1, cause = :cause, awaiting_release = :awaiting"
                        + WHERE)
                .param("reader", reader)
                .param("sequence", sequence)
                .param("cause", describe(cause))
                .param("awaiting", awaitsRelease(cause))
                .update();
    }

    /** All parked sequences, the oldest first. */
    List<ParkedSequence> list(int limit) {
        return jdbc.sql("SELECT s.reader, s.sequence_id, s.parked_at, s.cause, s.awaiting_release, s.attempts,"
                        + " (SELECT count(*) FROM parked_record r WHERE r.reader = s.reader"
                        + " AND r.sequence_id = s.sequence_id AND r.discarded_at IS NULL) AS waiting"
                        + " FROM parked_sequence s ORDER BY s.parked_at, s.sequence_id LIMIT ?")
                .param(limit)
                .query(ParkedSequence.class)
                .list();
    }

    /** How many sequences are parked. */
    public long count() {
        return jdbc.sql("SELECT count(*) FROM parked_sequence")
                .query(Long.class)
                .single();
    }

    private static boolean awaitsRelease(Throwable cause) {
        return cause instanceof UnknownMessageTypeException;
    }

    private static String describe(Throwable cause) {
        StringBuilder text = new StringBuilder();
        for (Throwable t = cause; t != null; t = t.getCause()) {
            text.append(text.isEmpty() ? "" : ", caused by ")
                    .append(t.getClass().getSimpleName())
                    .append(": ")
                    .append(t.getMessage());
        }
        // PostgreSQL text has no NUL, and a cause is for people to read
        return text.toString().replace('\0', '?').substring(0, Math.min(text.length(), 2000));
    }

    private static Parked read(ResultSet row, int number) throws SQLException {
        StoredHeaders headers = StoredHeaders.of(row.getArray(7), row.getArray(8));
        return new Parked(
                row.getLong(1),
                new ConsumerRecord<>(
                        row.getString(2),
                        row.getInt(3),
                        row.getLong(4),
                        row.getLong(5),
                        TimestampType.CREATE_TIME,
                        0,
                        0,
                        row.getString(6),
                        row.getBytes(9),
                        headers.toHeaders(),
                        Optional.empty()));
    }

    /** A record that waits, as it was received. */
    record Parked(long id, ConsumerRecord<String, byte[]> received) {}
}
