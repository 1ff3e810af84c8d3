package io.orderflow.command.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedDomainEventData;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.jspecify.annotations.Nullable;

/** What is read from the event tables, over the pool. A connection is held for one statement. */
final class EventTable {

    private static final String COLUMNS = "global_index, type, aggregate_identifier, sequence_number, event_identifier,"
            + " time_stamp, payload_type, payload_revision, payload, meta_data";
    private static final String STREAM = "select " + COLUMNS
            + " from domain_event_entry where aggregate_identifier = ? and sequence_number >= ? order by sequence_number";
    private static final String SNAPSHOT = "select " + COLUMNS.replace("global_index", "0")
            + " from snapshot_event_entry where aggregate_identifier = ?";
    private static final String PAGE =
            "select " + COLUMNS + " from domain_event_entry where global_index > ? order by global_index limit ?";
    private static final String LAST_SEQUENCE =
            "select max(sequence_number) from domain_event_entry where aggregate_identifier = ?";
    private static final String HEAD = "select max(global_index) from domain_event_entry";
    private static final String BEFORE = "select min(global_index) - 1 from domain_event_entry where time_stamp >= ?";
    private static final String STORE_SNAPSHOT = """
            insert into snapshot_event_entry (aggregate_identifier, sequence_number, event_identifier, type, time_stamp,
                payload_type, payload_revision, payload, meta_data) values (?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (aggregate_identifier) do update set (sequence_number, event_identifier, type, time_stamp,
                payload_type, payload_revision, payload, meta_data) = (excluded.sequence_number,
                excluded.event_identifier, excluded.type, excluded.time_stamp, excluded.payload_type,
                excluded.payload_revision, excluded.payload, excluded.meta_data)
            where snapshot_event_entry.sequence_number < excluded.sequence_number
            """;

    private final DataSource pool;

    EventTable(DataSource pool) {
        this.pool = pool;
    }

    /** All events of an aggregate from a sequence number on, with one statement. */
    List<TrackedDomainEventData<byte[]>> stream(String aggregateIdentifier, long firstSequenceNumber) {
        return query(STREAM, EventTable::events, aggregateIdentifier, firstSequenceNumber);
    }

    Optional<TrackedDomainEventData<byte[]>> snapshot(String aggregateIdentifier) {
        return query(SNAPSHOT, EventTable::events, aggregateIdentifier).stream().findFirst();
    }

    /** The next events of the whole store. Index order is commit order, so nothing appears before them later. */
    List<TrackedDomainEventData<byte[]>> page(long afterIndex, int size) {
        return query(PAGE, EventTable::events, afterIndex, size);
    }

    Optional<Long> lastSequenceNumber(String aggregateIdentifier) {
        return query(LAST_SEQUENCE, EventTable::number, aggregateIdentifier);
    }

    Optional<Long> lastIndex() {
        return query(HEAD, EventTable::number);
    }

    Optional<Long> lastIndexBefore(String timestamp) {
        return query(BEFORE, EventTable::number, timestamp);
    }

    void storeSnapshot(EventRow row) {
        withStatement(STORE_SNAPSHOT, statement -> {
            bind(
                    statement,
                    row.aggregateIdentifier(),
                    row.sequenceNumber(),
                    row.eventIdentifier(),
                    row.type(),
                    row.timestamp(),
                    row.payloadType(),
                    row.payloadRevision(),
                    row.payload(),
                    row.metaData());
            return statement.executeUpdate();
        });
    }

    private <R> R query(String sql, SqlFunction<ResultSet, R> result, Object... parameters) {
        return withStatement(sql, statement -> {
            bind(statement, parameters);
            try (ResultSet rows = statement.executeQuery()) {
                return result.apply(rows);
            }
        });
    }

    private <R> R withStatement(String sql, SqlFunction<PreparedStatement, R> work) {
        try (Connection connection = pool.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            return work.apply(statement);
        } catch (SQLException e) {
            throw SqlFailure.of(e) == SqlFailure.DATA
                    ? new EventStoreException("the event store could not be read", e)
                    : new StoreUnavailable("the event store cannot be read now; try again", e);
        }
    }

    private static void bind(PreparedStatement statement, @Nullable Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
    }

    private static List<TrackedDomainEventData<byte[]>> events(ResultSet row) throws SQLException {
        List<TrackedDomainEventData<byte[]>> events = new ArrayList<>();
        while (row.next()) {
            DomainEventData<byte[]> event = new StoredEvent(
                    row.getString("type"),
                    row.getString("aggregate_identifier"),
                    row.getLong("sequence_number"),
                    row.getString("event_identifier"),
                    row.getString("time_stamp"),
                    row.getString("payload_type"),
                    row.getString("payload_revision"),
                    row.getBytes("payload"),
                    row.getBytes("meta_data"));
            events.add(new TrackedDomainEventData<>(new GlobalSequenceTrackingToken(row.getLong(1)), event));
        }
        return events;
    }

    private static Optional<Long> number(ResultSet row) throws SQLException {
        return row.next() ? Optional.ofNullable(row.getObject(1, Long.class)) : Optional.empty();
    }

    @FunctionalInterface
    private interface SqlFunction<T, R> {
        R apply(T argument) throws SQLException;
    }
}
