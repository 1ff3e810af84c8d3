package io.orderflow.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Compares what the parts have on record: the event store, the topics, the read tables, and the ledgers of the simulated
 * outside systems. They were written by different processes at different times, and must say the same.
 */
final class Books {

    private final JdbcClient jdbc;
    private final String broker;

    Books(String database, String broker) {
        this.jdbc = JdbcClient.create(new DriverManagerDataSource(database));
        this.broker = broker;
    }

    private long number(String sql) {
        return jdbc.sql(sql).query(Long.class).single();
    }

    private Map<String, Long> bySku(String sql) {
        Map<String, Long> found = new java.util.TreeMap<>();
        jdbc.sql(sql).query(row -> {
            found.put(row.getString(1), row.getLong(2));
        });
        return found;
    }

    /** Waits until nothing is under way any more. */
    void awaitQuiet(Duration patience) {
        await().atMost(patience).pollInterval(Duration.ofMillis(250)).untilAsserted(() -> {
            assertThat(number("SELECT count(*) FROM command.domain_event_entry WHERE payload_type = 'OrderPlaced'"))
                    .as("orders placed and orders shown")
                    .isEqualTo(number("SELECT count(*) FROM query.order_summary"));
            assertThat(number("SELECT count(*) FROM query.order_summary"
                            + " WHERE status NOT IN ('DELIVERED', 'REJECTED', 'CANCELLED')"))
                    .as("orders that are not at their end")
                    .isZero();
            assertThat(number("SELECT count(*) FROM saga.outbox") + number("SELECT count(*) FROM saga.work_item"))
                    .as("what the saga wants done")
                    .isZero();
            assertThat(number("SELECT count(*) FROM saga.fulfilment WHERE finished_at IS NULL"))
                    .as("fulfilments that are not finished")
                    .isZero();
            assertThat(number("SELECT position FROM command.relay_position"))
                    .as("published")
                    .isEqualTo(number("SELECT max(global_index) FROM command.domain_event_entry"));
            assertThat(number("SELECT coalesce(sum(reserved), 0) FROM query.product"))
                    .as("pieces still reserved")
                    .isZero();
            assertThat(number("SELECT count(*) FROM query.order_timeline"))
                    .as("timeline rows")
                    .isEqualTo(number("SELECT count(*) FROM command.domain_event_entry WHERE type = 'Order'"));
        });
    }

    /** Checks that all books agree, and that each of {@code accepted} is in them. */
    void check(Set<UUID> accepted) {
        checkServerIsDurable();
        checkAccepted(accepted);
        checkEvents();
        checkMoney();
        checkStock();
        checkNothingIsParked();
    }

    private void checkServerIsDurable() {
        assertThat(jdbc.sql("SHOW fsync").query(String.class).single()).isEqualTo("on");
        assertThat(jdbc.sql("SHOW synchronous_commit").query(String.class).single())
                .isEqualTo("on");
    }

    private void checkAccepted(Set<UUID> accepted) {
        Set<UUID> ended = new HashSet<>(jdbc.sql(
                        "SELECT order_id FROM query.order_summary WHERE status IN ('DELIVERED', 'REJECTED', 'CANCELLED')")
                .query(UUID.class)
                .list());
        assertThat(ended).as("orders at their end").containsAll(accepted);
    }

    private void checkEvents() {
        Set<String> stored = stored("Order");
        assertThat(published("orders"))
                .as("distinct (aggregate, sequence) on topic orders")
                .isEqualTo(stored);
        assertThat(new HashSet<>(jdbc.sql("SELECT order_id || '/' || version FROM query.order_timeline")
                        .query(String.class)
                        .list()))
                .as("timeline rows")
                .isEqualTo(stored);
        assertThat(published("inventory"))
                .as("distinct (aggregate, sequence) on topic inventory")
                .isEqualTo(stored("StockItem"));
        assertThat(number("SELECT count(*) FROM (SELECT sequence_number, lag(sequence_number)"
                        + " OVER (PARTITION BY aggregate_identifier ORDER BY global_index) AS before"
                        + " FROM command.domain_event_entry) s WHERE sequence_number <> coalesce(before, -1) + 1"))
                .as("events out of order in the store")
                .isZero();
    }

    private Set<String> stored(String type) {
        return new HashSet<>(jdbc.sql("SELECT aggregate_identifier || '/' || sequence_number"
                        + " FROM command.domain_event_entry WHERE type = ?")
                .param(type)
                .query(String.class)
                .list());
    }

    private Set<String> published(String topic) {
        Set<String> found = new HashSet<>();
        Map<String, Object> config = Map.of(
                "bootstrap.servers",
                broker,
                "isolation.level",
                "read_committed",
                "key.deserializer",
                StringDeserializer.class,
                "value.deserializer",
                ByteArrayDeserializer.class);
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(config)) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
                for (ConsumerRecord<String, byte[]> read : consumer.poll(Duration.ofMillis(200))) {
                    String sequence =
                            new String(read.headers().lastHeader("ce_sequence").value(), StandardCharsets.UTF_8);
                    found.add(read.key() + "/" + sequence);
                }
            }
        }
        return found;
    }

    private void checkMoney() {
        assertThat(number("SELECT coalesce(sum(amount), 0) FROM saga.simulated_payment WHERE entry = 'CAPTURED'"))
                .as("money taken, and the total of the delivered orders")
                .isEqualTo(number(
                        "SELECT coalesce(sum((convert_from(payload, 'UTF8')::json #>> '{total,amount}')::bigint), 0)"
                                + " FROM command.domain_event_entry p WHERE payload_type = 'OrderPlaced' AND EXISTS"
                                + " (SELECT 1 FROM query.order_summary s WHERE s.order_id::text = p.aggregate_identifier"
                                + " AND s.status = 'DELIVERED')"));
        long held = number("SELECT count(*) FROM saga.simulated_payment WHERE entry = 'AUTHORIZED'");
        long ended = number("SELECT count(*) FROM saga.simulated_payment WHERE entry IN ('CAPTURED', 'VOIDED')");
        assertThat(ended).as("authorizations captured or voided").isEqualTo(held);
        assertThat(number("SELECT count(DISTINCT reference) FROM saga.simulated_payment WHERE entry = 'CAPTURED'"))
                .as("captures, one per authorization")
                .isEqualTo(number("SELECT count(*) FROM query.order_summary WHERE status = 'DELIVERED'"));
        assertThat(number("SELECT count(*) FROM saga.simulated_shipment WHERE recalled_at IS NULL"))
                .as("parcels, one per delivered order")
                .isEqualTo(number("SELECT count(*) FROM query.order_summary WHERE status = 'DELIVERED'"));
    }

    private void checkStock() {
        Map<String, Long> left = bySku("SELECT sku, on_hand FROM query.product");
        Map<String, Long> expected =
                bySku("SELECT a.aggregate_identifier, sum((convert_from(payload, 'UTF8')::json ->> 'change')::bigint)"
                        + " - coalesce((SELECT sum(l.quantity) FROM query.order_line l JOIN query.order_summary s"
                        + " USING (order_id) WHERE s.status = 'DELIVERED' AND l.sku = a.aggregate_identifier), 0)"
                        + " FROM command.domain_event_entry a WHERE payload_type = 'StockAdjusted' GROUP BY 1");
        assertThat(left).as("pieces left = put in - delivered").isEqualTo(expected);
        assertThat(left.values()).as("nothing was sold that was not there").allMatch(pieces -> pieces >= 0);
    }

    private void checkNothingIsParked() {
        for (String schema : List.of("command", "saga", "query")) {
            assertThat(number("SELECT count(*) FROM " + schema + ".parked_sequence"))
                    .as("parked in " + schema)
                    .isZero();
        }
    }
}
