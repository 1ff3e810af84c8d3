package io.orderflow.bench.bed;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** How far each part of a testbed has come, read from the books of all of them over one connection. */
public final class Standing implements AutoCloseable {

    private static final Duration LOOK = Duration.ofMillis(10);
    private static final Duration PATIENCE = Duration.ofMinutes(30);

    private final Connection connection;
    private final String bootstrapServers;

    public Standing(Testbed testbed) throws SQLException {
        this.connection = testbed.connect();
        this.bootstrapServers = testbed.bootstrapServers();
    }

    /** Something that comes to pass. */
    @FunctionalInterface
    public interface Condition {
        boolean holds() throws SQLException;
    }

    /** Returns as soon as the condition holds. */
    public void await(String what, Condition condition) throws SQLException {
        long limit = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > limit) {
                throw new IllegalStateException("not within " + PATIENCE + ": " + what);
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    /** The index of the last event in the store. */
    public long stored() throws SQLException {
        return number("select coalesce(max(global_index), 0) from command.domain_event_entry");
    }

    /** Up to which index events are published. */
    public long published() throws SQLException {
        return number("select position from command.relay_position");
    }

    public void awaitPublished() throws SQLException {
        long last = stored();
        await("the relay publishes what is stored", () -> published() >= last);
    }

    /** How many events stand in the store after an index. */
    public long storedAfter(long index) throws SQLException {
        return number("select count(*) from command.domain_event_entry where global_index > " + index);
    }

    /** Has the relay publish once more what stands after an index. */
    public void publishAgain(long after) throws SQLException {
        execute("update command.relay_position set position = " + after + "; notify orderflow_events");
    }

    /**
     * Orders that have come to their end.
     *
     * @param before how many of them before {@code since}
     */
    public record Finished(long all, long before, OffsetDateTime since) {
        /** From here, all are counted one by one, which takes the longer the more there are. */
        public static final Finished UNKNOWN = new Finished(0, 0, OffsetDateTime.MIN);
    }

    /** How many orders have come to their end; those before {@code known} are not counted again. */
    public Finished finished(Finished known) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                select count(*), count(*) filter (where finished_at < now() - interval '5 seconds'),
                    now() - interval '5 seconds' -- what commits later than that is counted from UNKNOWN only
                from saga.fulfilment where finished_at >= ?
                """)) {
            statement.setObject(1, known.since());
            try (ResultSet counted = statement.executeQuery()) {
                counted.next();
                return new Finished(
                        known.before() + counted.getLong(1),
                        known.before() + counted.getLong(2),
                        counted.getObject(3, OffsetDateTime.class));
            }
        }
    }

    /** Waits until so many orders have come to their end. */
    public void awaitFinished(long orders) throws SQLException {
        await(
                "%,d orders come to their end".formatted(orders),
                () -> finished(Finished.UNKNOWN).all() >= orders);
    }

    /** Records of a topic that the slowest reader of a schema has still to read. Markers of transactions count. */
    public long unread(String schema, String topic) throws SQLException {
        return end(topic) - read(schema, topic);
    }

    /** Waits until all readers of a schema have read a topic; what is left may be markers of transactions. */
    public void awaitRead(String schema, String topic) throws SQLException {
        long end = end(topic);
        await(schema + " reads " + topic, () -> read(schema, topic) >= end - Testbed.PARTITIONS);
    }

    private long read(String schema, String topic) throws SQLException {
        return number("""
                select coalesce(min(read), 0) from (select sum(next_offset) read from %s.reader_position
                    where topic = '%s' group by reader) readers
                """.formatted(schema, topic));
    }

    /** Records and markers of a topic, up to now. */
    public long end(String topic) {
        return ends(topic).values().stream().mapToLong(Long::longValue).sum();
    }

    /** The offset behind the last record of each partition. */
    public Map<TopicPartition, Long> ends(String topic) {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        for (int partition = 0; partition < Testbed.PARTITIONS; partition++) {
            latest.put(new TopicPartition(topic, partition), OffsetSpec.latest());
        }
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            Map<TopicPartition, Long> ends = new HashMap<>();
            admin.listOffsets(latest).all().get().forEach((partition, end) -> ends.put(partition, end.offset()));
            return ends;
        } catch (ExecutionException e) {
            throw new IllegalStateException("Kafka cannot be asked how far it reaches", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The one number that {@code sql} asks for. */
    public long number(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return result.next() ? result.getLong(1) : 0;
        }
    }

    public void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
