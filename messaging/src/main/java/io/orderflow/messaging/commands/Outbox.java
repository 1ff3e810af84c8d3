package io.orderflow.messaging.commands;

import io.orderflow.messaging.cloudevents.CommandConverter;
import io.orderflow.messaging.config.Topics;
import io.orderflow.messaging.serialization.ContractSerializer;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.axonframework.commandhandling.CommandMessage;
import org.springframework.jdbc.core.JdbcOperations;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Commands that were decided, stored with the decision. The order of ids is the order of decisions of one transaction. */
public final class Outbox {

    private static final String INSERT = "INSERT INTO outbox (target, headers, payload)"
            + " SELECT target, headers, payload FROM unnest(?::text[], ?::text[], ?::bytea[])"
            + " WITH ORDINALITY AS c (target, headers, payload, number) ORDER BY number RETURNING id";

    private static final long SWEEP_LOCK = 0x6F7574626F78L;

    private final JdbcOperations jdbc;
    private final CommandConverter converter;
    private final JsonMapper mapper;

    public Outbox(JdbcOperations jdbc, CommandConverter converter, ContractSerializer serializer) {
        this.jdbc = jdbc;
        this.converter = converter;
        this.mapper = serializer.mapper();
    }

    /** A row: a command as it is to be sent. */
    record Stored(long id, ProducerRecord<String, byte[]> command) {}

    /** Stores commands in the current transaction. */
    List<Stored> add(List<CommandMessage<?>> commands) {
        List<ProducerRecord<String, byte[]>> records = commands.stream()
                .map(command -> converter.toRecord(command, Topics.COMMANDS))
                .toList();
        // rows take their numbers one after the other, in the order in which they are inserted
        List<Long> ids = jdbc
                .queryForList(
                        INSERT,
                        Long.class,
                        records.stream().map(ProducerRecord::key).toArray(String[]::new),
                        records.stream()
                                .map(command -> mapper.writeValueAsString(textOf(command.headers())))
                                .toArray(String[]::new),
                        records.stream().map(ProducerRecord::value).toArray(byte[][]::new))
                .stream()
                .sorted()
                .toList();
        return IntStream.range(0, records.size())
                .mapToObj(i -> new Stored(ids.get(i), records.get(i)))
                .toList();
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
                "SELECT id, target, headers, payload FROM outbox"
                        + " WHERE created_at < clock_timestamp() - make_interval(secs => ?)"
                        + " ORDER BY id LIMIT ? FOR UPDATE SKIP LOCKED",
                this::read,
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

    private Stored read(ResultSet row, int number) throws SQLException {
        Headers headers = headersOf(mapper.readValue(row.getString(3), new TypeReference<>() {}));
        return new Stored(
                row.getLong(1),
                new ProducerRecord<>(Topics.COMMANDS, null, null, row.getString(2), row.getBytes(4), headers));
    }
}
