package io.orderflow.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.api.inventory.Sku;
import io.orderflow.api.order.CancelledBy;
import io.orderflow.api.order.OrderEvent;
import io.orderflow.api.order.OrderEvent.OrderCancelled;
import io.orderflow.api.order.OrderId;
import io.orderflow.messaging.config.KafkaClients;
import io.orderflow.messaging.config.KafkaSettings;
import io.orderflow.messaging.config.Topics;
import io.orderflow.messaging.serialization.ContractSerializer;
import io.orderflow.servers.KafkaServer;
import io.orderflow.servers.TestServers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Follows docs/runbooks/read-database-lost.md. */
class ReadDatabaseLostIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final KafkaServer kafka = KafkaServer.start(TestServers.temporaryFolder());
    private final PublishedEvents events = new PublishedEvents(
            new KafkaClients(new KafkaSettings(kafka.bootstrapServers(), 12, (short) -1, Map.of())),
            new ContractSerializer());
    private final String database = TestServers.newDatabase();
    private final List<OrderId> orders = new ArrayList<>();

    @AfterEach
    void stop() {
        kafka.close();
    }

    @Test
    void fromAnEmptyDatabaseTheSameQuestionsGetTheSameAnswers() throws SQLException {
        publish(60);
        Map<String, String> before;
        try (QuerySideProcess node = start()) {
            before = answers(node);
        }

        dropAndCreateDatabase();

        try (QuerySideProcess node = start()) {
            assertThat(answers(node)).containsExactlyEntriesOf(before);
            publish(1);
            assertThat(node.text("/api/orders/" + orders.getLast() + "?minVersion=5&wait=20s"))
                    .as("what comes later is read too")
                    .contains("DELIVERED");
        }
    }

    private QuerySideProcess start() {
        QuerySideProcess node = QuerySideProcess.start(database, kafka.bootstrapServers());
        await().atMost(PATIENCE).until(node::isServing);
        return node;
    }

    private void publish(int count) {
        for (int i = 0; i < count; i++) {
            OrderId order = Stories.newOrder();
            orders.add(order);
            List<OrderEvent> delivered = Stories.delivered(order, "customer-" + i % 7);
            OrderCancelled cancelled = new OrderCancelled(order, CancelledBy.CUSTOMER, null);
            events.publish(
                    Topics.ORDERS,
                    Stories.ofOrder(
                            order, i % 5 == 4 ? List.of(delivered.getFirst(), cancelled) : List.copyOf(delivered)));
            Sku sku = new Sku("product-" + order);
            events.publish(Topics.INVENTORY, Stories.messages("StockItem", sku, 0, Stories.stocked(sku, i)));
        }
    }

    private Map<String, String> answers(QuerySideProcess node) {
        Map<String, String> answers = new LinkedHashMap<>();
        Stream.concat(
                        Stream.of(
                                "/api/orders?limit=200&total=exact",
                                "/api/orders?status=CANCELLED&limit=200",
                                "/api/orders?q=teapot&limit=200",
                                "/api/orders/export?format=csv",
                                "/api/statistics/orders?from=2025-12-01&to=2026-02-01&interval=day",
                                "/api/products?limit=200"),
                        orders.stream()
                                .flatMap(order -> Stream.of("", "/history", "?asOf=1")
                                        .map(question -> "/api/orders/" + order + question)))
                .forEach(question -> answers.put(question, node.text(question)));
        return answers;
    }

    private void dropAndCreateDatabase() throws SQLException {
        String name = database.substring(database.lastIndexOf('/') + 1);
        String server = database.substring(0, database.length() - name.length()) + "postgres";
        try (Connection connection = DriverManager.getConnection(
                        server, TestServers.databaseUser(), TestServers.databasePassword());
                Statement statement = connection.createStatement()) {
            statement.execute("drop database " + name + " with (force)");
            statement.execute("create database " + name);
        }
    }
}
