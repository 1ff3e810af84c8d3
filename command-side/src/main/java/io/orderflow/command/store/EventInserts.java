package io.orderflow.command.store;

import io.orderflow.command.store.LastTimes.Place;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The statements of the writer, on its one connection. Each is its own transaction: one round trip. */
final class EventInserts implements AutoCloseable {

    /** Told at each commit. */
    static final String CHANNEL = GroupCommitEventStorageEngine.COMMITS;

    private static final String INSERT = """
            with store_lock as materialized (select pg_advisory_xact_lock(%d)),
            stored as (
                insert into domain_event_entry (event_identifier, aggregate_identifier, sequence_number, type, time_stamp,
                    payload_type, payload_revision, payload, meta_data)
                select e.event_identifier, e.aggregate_identifier, e.sequence_number, e.type, e.time_stamp, e.payload_type,
                    e.payload_revision, e.payload, e.meta_data
                from store_lock, unnest(?::text[], ?::text[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[],
                    ?::bytea[], ?::bytea[]) with ordinality
                    as e(event_identifier, aggregate_identifier, sequence_number, type, time_stamp, payload_type,
                        payload_revision, payload, meta_data, place)
                order by e.place)
            select pg_notify('%s', '')
            """.formatted(GroupCommitEventStorageEngine.LOCK, CHANNEL);

    private static final String TIMES = """
            select e.aggregate_identifier, e.sequence_number, p.time_stamp
            from unnest(?::text[], ?::bigint[]) as e(aggregate_identifier, sequence_number),
            lateral (select s.time_stamp from domain_event_entry s where s.aggregate_identifier = e.aggregate_identifier
                and s.sequence_number = e.sequence_number offset 0) p
            """;

    private static final String COUNT = """
            select count(*), count(*) filter (where s.event_identifier = e.event_identifier)
            from unnest(?::text[], ?::text[], ?::bigint[]) as e(event_identifier, aggregate_identifier, sequence_number)
            join domain_event_entry s using (aggregate_identifier, sequence_number)
            """;

    private final Connection connection;
    private final PreparedStatement insert;

    EventInserts(Connection connection) throws SQLException {
        this.connection = connection;
        this.insert = connection.prepareStatement(INSERT);
    }

    /** Stores all rows, or none when it throws; unless the connection was lost, when nobody knows. */
    void insert(List<EventRow> rows) throws SQLException {
        insert.setArray(1, texts(rows, EventRow::eventIdentifier));
        insert.setArray(2, texts(rows, EventRow::aggregateIdentifier));
        insert.setArray(3, numbers(rows, EventRow::sequenceNumber));
        insert.setArray(4, texts(rows, EventRow::type));
        insert.setArray(5, texts(rows, EventRow::timestamp));
        insert.setArray(6, texts(rows, EventRow::payloadType));
        insert.setArray(7, texts(rows, EventRow::payloadRevision));
        insert.setArray(8, bytes(rows, EventRow::payload));
        insert.setArray(9, bytes(rows, EventRow::metaData));
        insert.executeQuery().close();
    }

    /** When events were; those that are not stored are left out. */
    Map<Place, String> timesOf(List<Place> events) throws SQLException {
        Map<Place, String> times = new HashMap<>();
        try (PreparedStatement question = connection.prepareStatement(TIMES)) {
            question.setArray(1, texts(events, Place::aggregateIdentifier));
            question.setArray(2, numbers(events, Place::sequenceNumber));
            try (ResultSet result = question.executeQuery()) {
                while (result.next()) {
                    times.put(new Place(result.getString(1), result.getLong(2)), result.getString(3));
                }
            }
        }
        return times;
    }

    /**
     * What stands where rows were to be stored.
     *
     * @param taken sequence numbers that are in use
     * @param own of these, by these very rows: found by our own event ids, which nobody else uses
     */
    record Found(long taken, long own) {}

    Found find(List<EventRow> rows) throws SQLException {
        try (PreparedStatement count = connection.prepareStatement(COUNT)) {
            count.setArray(1, texts(rows, EventRow::eventIdentifier));
            count.setArray(2, texts(rows, EventRow::aggregateIdentifier));
            count.setArray(3, numbers(rows, EventRow::sequenceNumber));
            try (ResultSet result = count.executeQuery()) {
                result.next();
                return new Found(result.getLong(1), result.getLong(2));
            }
        }
    }

    private <T> Array texts(List<T> rows, Function<T, @Nullable String> column) throws SQLException {
        return connection.createArrayOf("text", rows.stream().map(column).toArray(String[]::new));
    }

    private <T> Array numbers(List<T> rows, Function<T, Long> column) throws SQLException {
        return connection.createArrayOf("bigint", rows.stream().map(column).toArray(Long[]::new));
    }

    private Array bytes(List<EventRow> rows, Function<EventRow, byte[]> column) throws SQLException {
        return connection.createArrayOf("bytea", rows.stream().map(column).toArray(byte[][]::new));
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
