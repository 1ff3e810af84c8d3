package io.orderflow.messaging.commands;

import io.orderflow.messaging.cloudevents.CommandConverter;
import io.orderflow.messaging.cloudevents.StoredHeaders;
import io.orderflow.messaging.config.Topics;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
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
