package io.orderflow.messaging.commands;

import io.orderflow.messaging.cloudevents.CommandConverter;
import io.orderflow.messaging.cloudevents.StoredHeaders;
import io.orderflow.messaging.config.Topics;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.axonframework.commandhandling.CommandMessage;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Commands that were decided, stored with the decision. The order of ids is the order of decisions of one transaction.
 *
 * <p>Headers of several rows cannot go through {@code unnest} as arrays of arrays of different lengths, hence a batch.
 */
public final class Outbox {

    private static final String INSERT =
            "INSERT INTO outbox (target, header_names, header_values, payload)" + " VALUES (?, ?, ?, ?) RETURNING id";

    private static final long SWEEP_LOCK = 0x6F7574626F78L;

    private final JdbcOperations jdbc;
    private final CommandConverter converter;

    public Outbox(JdbcOperations jdbc, CommandConverter converter) {
        this.jdbc = jdbc;
        this.converter = converter;
    }

    /** A row: a command as it is to be sent. */
    record Stored(long id, ProducerRecord<String, byte[]> command) {}

    /** Stores commands in the current transaction. */
    List<Stored> add(List<CommandMessage<?>> commands) {
        List<ProducerRecord<String, byte[]>> records = commands.stream()
                .map(command -> converter.toRecord(command, Topics.COMMANDS))
                .toList();
        List<Stored> stored = new ArrayList<>(records.size());
        jdbc.execute((Connection connection) -> {
            try (var insert = connection.prepareStatement(INSERT, new String[] {"id"})) {
                for (ProducerRecord<String, byte[]> command : records) {
                    StoredHeaders headers = StoredHeaders.of(command.headers());
                    insert.setString(1, command.key());
                    insert.setArray(2, connection.createArrayOf("text", headers.names()));
                    insert.setArray(3, connection.createArrayOf("bytea", headers.values()));
                    insert.setBytes(4, command.value());
                    insert.addBatch();
                }
                insert.executeBatch();
                try (ResultSet keys = insert.getGeneratedKeys()) {
                    for (ProducerRecord<String, byte[]> command : records) {
                        keys.next();
                        stored.add(new Stored(keys.getLong(1), command));
                    }
                }
            }
            return stored;
        });
        return stored;
    }

    /**
     * Which of {@code mine}, stored in the current transaction, must not be sent yet: for their target there stands a row
     * that was stored before and that nobody is known to have sent. Commands for a product may pass each other: it settles
     * each line of each order by itself.
     */
    Set<Long> behindOthers(List<Stored> mine) {
        List<Stored> ordered = mine.stream().filter(Outbox::isForAnOrder).toList();
        if (ordered.isEmpty()) {
            return Set.of();
        }
        Set<String> targets = new HashSet<>(jdbc.queryForList(
                "SELECT DISTINCT target FROM outbox WHERE target = ANY (?) AND id <> ALL (?)",
                String.class,
                ordered.stream().map(row -> row.command().key()).distinct().toArray(String[]::new),
                mine.stream().map(Stored::id).toArray(Long[]::new)));
        return ordered.stream()
                .filter(row -> targets.contains(row.command().key()))
                .map(Stored::id)
                .collect(Collectors.toSet());
    }

    private static boolean isForAnOrder(Stored row) {
        Header order = row.command().headers().lastHeader("ce_orderid");
        return order == null
                || new String(order.value(), StandardCharsets.UTF_8)
                        .equals(row.command().key());
    }

    /** Whether this transaction may sweep: one at a time, since what two claim side by side is sent in no order. */
    boolean claimSweep() {
        return Boolean.TRUE.equals(
                jdbc.queryForObject("SELECT pg_try_advisory_xact_lock(?)", Boolean.class, SWEEP_LOCK));
    }

    /** The oldest rows that nobody has sent for {@code age}; those that another node is looking at are left out. */
    List<Stored> claimOlderThan(Duration age, int limit) {
        return jdbc.query(
                "SELECT id, target, header_names, header_values, payload FROM outbox"
                        + " WHERE created_at < clock_timestamp() - make_interval(secs => ?)"
                        + " ORDER BY id LIMIT ? FOR UPDATE SKIP LOCKED",
                Outbox::read,
                age.toMillis() / 1000.0,
                limit);
    }

    void delete(List<Long> ids) {
        jdbc.update("DELETE FROM outbox WHERE id = ANY (?)", (Object) ids.toArray(Long[]::new));
    }

    /** How many commands are decided and not known to be sent. */
    public long size() {
        Long size = jdbc.queryForObject("SELECT count(*) FROM outbox", Long.class);
        return size == null ? 0 : size;
    }

    private static Stored read(ResultSet row, int number) throws SQLException {
        return new Stored(
                row.getLong(1),
                new ProducerRecord<>(
                        Topics.COMMANDS,
                        null,
                        null,
                        row.getString(2),
                        row.getBytes(5),
                        StoredHeaders.of(row.getArray(3), row.getArray(4)).toHeaders()));
    }
}
