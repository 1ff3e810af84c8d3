package io.orderflow.messaging.commands;

import io.orderflow.messaging.cloudevents.CommandConverter;
import io.orderflow.messaging.config.Topics;
import io.orderflow.messaging.serialization.ContractSerializer;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.axonframework.commandhandling.CommandMessage;
import org.springframework.jdbc.core.JdbcOperations;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Commands that were decided, stored with the decision: one row for each transaction's, which are sent and taken off
 * together. The order of ids is the order of decisions for one order.
 */
public final class Outbox {

    private static final String INSERT =
            "INSERT INTO outbox (targets, headers, payloads) VALUES (?, ?, ?) RETURNING id";

    private static final long SWEEP_LOCK = 0x6F7574626F78L;

    private final JdbcOperations jdbc;
    private final CommandConverter converter;
    private final JsonMapper mapper;

    public Outbox(JdbcOperations jdbc, CommandConverter converter, ContractSerializer serializer) {
        this.jdbc = jdbc;
        this.converter = converter;
        this.mapper = serializer.mapper();
    }

    /** A row: commands as they are to be sent, in their order. */
    record Stored(long id, List<ProducerRecord<String, byte[]>> commands) {}

    /** Stores commands in the current transaction. */
    Stored add(List<CommandMessage<?>> commands) {
        List<ProducerRecord<String, byte[]>> records = commands.stream()
                .map(command -> converter.toRecord(command, Topics.COMMANDS))
                .toList();
        Long id = jdbc.queryForObject(
                INSERT,
                Long.class,
                records.stream().map(ProducerRecord::key).toArray(String[]::new),
                records.stream()
                        .map(command -> mapper.writeValueAsString(textOf(command.headers())))
                        .toArray(String[]::new),
                records.stream().map(ProducerRecord::value).toArray(byte[][]::new));
        return new Stored(Objects.requireNonNull(id), records);
    }

    private static Map<String, String> textOf(Headers headers) {
        Map<String, String> text = new LinkedHashMap<>();
        headers.forEach(header -> text.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
        return text;
    }

    private static Headers headersOf(Map<String, String> text) {
        RecordHeaders headers = new RecordHeaders();
        text.forEach((name, value) -> headers.add(name, value.getBytes(StandardCharsets.UTF_8)));
        return headers;
    }

    /**
     * Whether {@code mine}, stored in the current transaction, must not be sent yet: for one of its orders there stands a
     * row that was stored before and that nobody is known to have sent. Commands for a product may pass each other: it
     * settles each line of each order by itself.
     *
     * @param before rows of this transaction that will be sent before it
     */
    boolean isBehindOthers(Stored mine, List<Stored> before) {
        String[] orders = mine.commands().stream()
                .filter(Outbox::isForAnOrder)
                .map(ProducerRecord::key)
                .distinct()
                .toArray(String[]::new);
        // looks through all rows: there are as many as transactions whose commands are on their way
        return orders.length > 0
                && Boolean.TRUE.equals(jdbc.queryForObject(
                        "SELECT EXISTS (SELECT FROM outbox WHERE id <> ALL (?) AND targets && ?::text[])",
                        Boolean.class,
                        Stream.concat(Stream.of(mine), before.stream())
                                .map(Stored::id)
                                .toArray(Long[]::new),
                        orders));
    }

    private static boolean isForAnOrder(ProducerRecord<String, byte[]> command) {
        Header order = command.headers().lastHeader("ce_orderid");
        return order == null || new String(order.value(), StandardCharsets.UTF_8).equals(command.key());
    }

    /** Whether this transaction may sweep: one at a time, since what two claim side by side is sent in no order. */
    boolean claimSweep() {
        return Boolean.TRUE.equals(
                jdbc.queryForObject("SELECT pg_try_advisory_xact_lock(?)", Boolean.class, SWEEP_LOCK));
    }

    /** The oldest rows that nobody has sent for {@code age}; those that another node is looking at are left out. */
    List<Stored> claimOlderThan(Duration age, int limit) {
        return jdbc.query(
                "SELECT id, targets, headers, payloads FROM outbox"
                        + " WHERE created_at < clock_timestamp() - make_interval(secs => ?)"
                        + " ORDER BY id LIMIT ? FOR UPDATE SKIP LOCKED",
                this::read,
                age.toMillis() / 1000.0,
                limit);
    }

    void delete(List<Stored> sent) {
        jdbc.update("DELETE FROM outbox WHERE id = ANY (?)", (Object)
                sent.stream().map(Stored::id).toArray(Long[]::new));
    }

    /** How many commands are decided and not known to be sent. */
    public long size() {
        Long size = jdbc.queryForObject("SELECT COALESCE(sum(cardinality(targets)), 0) FROM outbox", Long.class);
        return size == null ? 0 : size;
    }

    private Stored read(ResultSet row, int number) throws SQLException {
        String[] targets = (String[]) row.getArray(2).getArray();
        String[] headers = (String[]) row.getArray(3).getArray();
        byte[][] payloads = (byte[][]) row.getArray(4).getArray();
        return new Stored(
                row.getLong(1),
                IntStream.range(0, targets.length)
                        .mapToObj(i -> new ProducerRecord<>(
                                Topics.COMMANDS,
                                null,
                                null,
                                targets[i],
                                payloads[i],
                                headersOf(mapper.readValue(headers[i], new TypeReference<>() {}))))
                        .toList());
    }
}
