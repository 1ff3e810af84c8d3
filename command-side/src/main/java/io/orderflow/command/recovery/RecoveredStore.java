package io.orderflow.command.recovery;

import static org.axonframework.common.DateTimeUtils.formatInstant;

import io.orderflow.command.store.GroupCommitEventStorageEngine;
import io.orderflow.messaging.cloudevents.PublishedEvent;
import io.orderflow.messaging.serialization.ContractSerializer;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/**
 * The tables of a store while what it lacks is brought back. All in one transaction, which holds the store's lock: nobody
 * stores meanwhile, and it happens as a whole or not at all.
 */
final class RecoveredStore implements AutoCloseable {

    private static final String PUBLISHED = """
            create temporary table published (
                global_index bigint primary key, event_identifier text not null, aggregate_identifier text not null,
                sequence_number bigint not null, type text not null, time_stamp text not null, payload_type text not null,
                payload_revision text, payload bytea not null, meta_data bytea not null) on commit drop
            """;

    private static final String ADD = """
            insert into published
            select * from unnest(?::bigint[], ?::text[], ?::text[], ?::bigint[], ?::text[], ?::text[], ?::text[],
                ?::text[], ?::bytea[], ?::bytea[])
            on conflict do nothing
            """;

    /** An event on the topics that is stored or was published as another. */
    private static final String DIFFERENT = """
            select p.event_identifier from unnest(?::bigint[], ?::text[]) as p (global_index, event_identifier)
            left join %s s using (global_index)
            where s.event_identifier is distinct from p.event_identifier limit 1
            """;

    private static final String CONTRADICTION = """
            select p.aggregate_identifier || ', version ' || p.sequence_number || ': ' || p.payload_type || ' ('
                || p.event_identifier || ') was published, ' || e.payload_type || ' (' || e.event_identifier || ') is stored'
            from published p join domain_event_entry e using (aggregate_identifier, sequence_number)
            where e.event_identifier <> p.event_identifier order by p.global_index limit 1
            """;

    private static final String HOLE = """
            select p.aggregate_identifier || ', version ' || p.sequence_number - 1 from published p
            where p.sequence_number > 0
                and not exists (select from published b where b.aggregate_identifier = p.aggregate_identifier
                    and b.sequence_number = p.sequence_number - 1)
                and not exists (select from domain_event_entry b where b.aggregate_identifier = p.aggregate_identifier
                    and b.sequence_number = p.sequence_number - 1)
            order by p.global_index limit 1
            """;

    // what was stored after the restoration and never published takes numbers behind everything, in its order
    private static final String MOVE_BEHIND = """
            with own as (
                select global_index, row_number() over (order by global_index) as place from domain_event_entry e
                where global_index > ?
                    and not exists (select from published p where p.event_identifier = e.event_identifier)
                    and exists (select from published m where not exists
                        (select from domain_event_entry s where s.aggregate_identifier = m.aggregate_identifier
                            and s.sequence_number = m.sequence_number))),
            behind as (
                select greatest((select max(global_index) from domain_event_entry), max(global_index)) as last
                from published having count(*) > 0)
            update domain_event_entry e set global_index = behind.last + own.place
            from own, behind where e.global_index = own.global_index
            """;

    private static final String BRING_BACK = """
            insert into domain_event_entry (global_index, event_identifier, aggregate_identifier, sequence_number, type,
                time_stamp, payload_type, payload_revision, payload, meta_data)
            select global_index, event_identifier, aggregate_identifier, sequence_number, type, time_stamp, payload_type,
                payload_revision, payload, meta_data
            from published p
            where not exists (select from domain_event_entry e where e.aggregate_identifier = p.aggregate_identifier
                and e.sequence_number = p.sequence_number)
            order by global_index
            """;

    private static final String GO_ON_BEHIND = """
            select setval(s.name, greatest(nextval(s.name), (select max(global_index) from domain_event_entry)))
            from (select pg_get_serial_sequence('domain_event_entry', 'global_index') as name) s
            """;

    private final Connection connection;
    private final ContractSerializer serializer = new ContractSerializer();
    private final long position;

    private RecoveredStore(Connection connection, long position) {
        this.connection = connection;
        this.position = position;
    }

    static RecoveredStore open(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("select pg_advisory_xact_lock(" + GroupCommitEventStorageEngine.LOCK + ")");
            statement.execute("set local orderflow.recovering = 'yes'");
            statement.execute(PUBLISHED);
            try (ResultSet row = statement.executeQuery("select position from relay_position")) {
                if (!row.next()) {
                    throw new CannotRecover("relay_position has no row: this is no event store");
                }
                return new RecoveredStore(connection, row.getLong(1));
            }
        }
    }

    /** Takes note of what stands on the topics; what the restored store knew as published must be in it. */
    void compare(List<PublishedEvent> events) throws SQLException {
        requireSame(events.stream().filter(event -> event.index() <= position).toList(), "domain_event_entry");
        List<PublishedEvent> later =
                events.stream().filter(event -> event.index() > position).toList();
        try (PreparedStatement add = connection.prepareStatement(ADD)) {
            add.setArray(1, numbers(later, PublishedEvent::index));
            add.setArray(2, texts(later, PublishedEvent::id));
            add.setArray(3, texts(later, PublishedEvent::aggregate));
            add.setArray(4, numbers(later, PublishedEvent::sequence));
            add.setArray(5, texts(later, PublishedEvent::aggregateType));
            add.setArray(6, texts(later, event -> formatInstant(event.time())));
            add.setArray(7, texts(later, event -> event.type().getName()));
            add.setArray(8, texts(later, event -> event.type().getRevision()));
            add.setArray(9, bytes(later, PublishedEvent::payload));
            add.setArray(10, bytes(later, this::metadata));
            add.executeUpdate();
        }
        requireSame(later, "published"); // repeats are, and two events under one number are not
    }

    private byte[] metadata(PublishedEvent event) {
        return serializer.serialize(event.metadata(), byte[].class).getData();
    }

    private void requireSame(List<PublishedEvent> events, String table) throws SQLException {
        try (PreparedStatement question = connection.prepareStatement(DIFFERENT.formatted(table))) {
            question.setArray(1, numbers(events, PublishedEvent::index));
            question.setArray(2, texts(events, PublishedEvent::id));
            refuseIfFound(
                    question,
                    "the topics are not of this store's past: it should have, and has not or otherwise, event ");
        }
    }

    /**
     * Brings back what is missing.
     *
     * @param epoch that the topics are of
     */
    Recovered bringBack(UUID epoch) throws SQLException {
        refuseIfFound(connection.prepareStatement(CONTRADICTION), "the store has gone on without what was published. ");
        refuseIfFound(connection.prepareStatement(HOLE), "neither the store nor a topic has ");
        adopt(epoch);
        long moved = update(MOVE_BEHIND, position);
        long broughtBack = update(BRING_BACK);
        try (Statement statement = connection.createStatement()) {
            statement.execute(GO_ON_BEHIND);
            statement.execute("update store_epoch set held = null");
        }
        connection.commit();
        return new Recovered(broughtBack, moved);
    }

    /** A store of which nothing was ever published may be anybody's, also that of the topics. */
    private void adopt(UUID epoch) throws SQLException {
        String sql = "update store_epoch set epoch = ? where epoch = ? or (select position = 0 from relay_position)";
        try (PreparedStatement adopt = connection.prepareStatement(sql)) {
            adopt.setObject(1, epoch);
            adopt.setObject(2, epoch);
            if (adopt.executeUpdate() != 1) {
                throw new CannotRecover("the topics are of another store, of epoch " + epoch
                        + "; give this one topics of its own, or restore a backup of that one");
            }
        }
    }

    private long update(String sql, Object... parameters) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                update.setObject(i + 1, parameters[i]);
            }
            return update.executeLargeUpdate();
        }
    }

    private static void refuseIfFound(PreparedStatement question, String message) throws SQLException {
        try (question;
                ResultSet found = question.executeQuery()) {
            if (found.next()) {
                throw new CannotRecover(message + found.getString(1) + ". Nothing was changed");
            }
        }
    }

    private Array numbers(List<PublishedEvent> events, Function<PublishedEvent, Long> column) throws SQLException {
        return connection.createArrayOf("bigint", events.stream().map(column).toArray(Long[]::new));
    }

    private Array texts(List<PublishedEvent> events, Function<PublishedEvent, String> column) throws SQLException {
        return connection.createArrayOf("text", events.stream().map(column).toArray(String[]::new));
    }

    private Array bytes(List<PublishedEvent> events, Function<PublishedEvent, byte[]> column) throws SQLException {
        return connection.createArrayOf("bytea", events.stream().map(column).toArray(byte[][]::new));
    }

    /** Without {@link #bringBack} everything is as before. */
    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
