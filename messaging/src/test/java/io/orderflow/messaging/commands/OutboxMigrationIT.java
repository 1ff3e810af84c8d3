package io.orderflow.messaging.commands;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.api.order.OrderCommand.ConfirmOrder;
import io.orderflow.api.order.OrderId;
import io.orderflow.messaging.MessagingDatabase;
import io.orderflow.messaging.cloudevents.CommandConverter;
import io.orderflow.messaging.config.Topics;
import io.orderflow.messaging.serialization.ContractSerializer;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Commands that an earlier release has stored and not sent are sent by this one. */
class OutboxMigrationIT {

    /** The last version of the outbox with a row for each command, its headers in two columns. */
    private static final String EARLIEST = "11";

    private final MessagingDatabase database = MessagingDatabase.migratedTo(EARLIEST);
    private final CommandConverter converter = new CommandConverter(new ContractSerializer());

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void rows_of_the_first_release_come_through() {
        List<ProducerRecord<String, byte[]>> stored = List.of(aCommand("1"), aCommand("ünïcode, \"quoted\""));
        stored.forEach(this::storeAsTheFirstRelease);

        database.migrate();

        Outbox outbox = new Outbox(database.jdbcTemplate(), converter, new ContractSerializer());
        assertThat(outbox.size()).isEqualTo(2);
        List<Outbox.Stored> found = outbox.claimOlderThan(Duration.ZERO, 10);
        assertThat(found).extracting(row -> row.commands().size()).containsExactly(1, 1);
        for (int row = 0; row < found.size(); row++) {
            ProducerRecord<String, byte[]> command = found.get(row).commands().getFirst();
            assertThat(command.key()).isEqualTo(stored.get(row).key());
            assertThat(command.value()).isEqualTo(stored.get(row).value());
            assertThat(command.headers().toArray())
                    .containsExactlyInAnyOrder(stored.get(row).headers().toArray());
        }
    }

    private ProducerRecord<String, byte[]> aCommand(String causation) {
        CommandMessage<?> command = new GenericCommandMessage<>(new ConfirmOrder(new OrderId(UUID.randomUUID())))
                .withMetaData(java.util.Map.of("causationId", causation));
        return converter.toRecord(command, Topics.COMMANDS);
    }

    private void storeAsTheFirstRelease(ProducerRecord<String, byte[]> command) {
        List<String> names = new ArrayList<>();
        List<byte[]> values = new ArrayList<>();
        for (Header header : command.headers()) {
            names.add(header.key());
            values.add(header.value());
        }
        String insert = "INSERT INTO outbox (target, header_names, header_values, payload) VALUES (?, ?, ?, ?)";
        database.jdbcTemplate().update(connection -> {
            PreparedStatement statement = connection.prepareStatement(insert);
            statement.setString(1, command.key());
            statement.setArray(2, connection.createArrayOf("text", names.toArray()));
            statement.setArray(3, connection.createArrayOf("bytea", values.toArray(byte[][]::new)));
            statement.setBytes(4, command.value());
            return statement;
        });
    }
}
