package io.orderflow.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.api.order.OrderId;
import io.orderflow.messaging.config.KafkaClients;
import io.orderflow.messaging.config.KafkaSettings;
import io.orderflow.messaging.serialization.ContractSerializer;
import io.orderflow.servers.KafkaServer;
import io.orderflow.servers.TestServers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Two nodes share a rebuild by partitions; one dies on the way. */
class SharedRebuildIT {

    private static final String REBUILD = "/api/admin/projections/orders/rebuild";
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int ORDERS = 10_000;
    private static final int EVENTS = 6 * ORDERS;

    private final KafkaServer kafka = KafkaServer.start(TestServers.temporaryFolder());
    private final KafkaClients clients =
            new KafkaClients(new KafkaSettings(kafka.bootstrapServers(), 12, (short) -1, Map.of()));
    private final String database = TestServers.newDatabase();
    private final JdbcClient jdbc = JdbcClient.create(
            new DriverManagerDataSource(database, TestServers.databaseUser(), TestServers.databasePassword()));

    @AfterEach
    void stop() {
        kafka.close();
    }

    @Test
    void whenOneOfTwoNodesIsKilledTheOtherCompletesWhatBothHaveBegun() {
        publish();
        try (QuerySideProcess one = QuerySideProcess.start(database, kafka.bootstrapServers());
                QuerySideProcess other = QuerySideProcess.start(database, kafka.bootstrapServers())) {
            await().atMost(PATIENCE).until(() -> one.isServing() && other.isServing());

            one.send("POST", REBUILD);
            one.send("PUT", REBUILD + "/throttle?eventsPerSecond=2000"); // not done before both are there
            await().atMost(PATIENCE)
                    .ignoreExceptionsMatching(e -> e.getCause() instanceof GroupIdNotFoundException)
                    .until(this::bothHavePartitions);
            await().atMost(PATIENCE).until(() -> done() > 0);
            long doneByBoth = done();
            other.close();
            assertThat(doneByBoth).isLessThan(EVENTS);

            one.send("PUT", REBUILD + "/throttle");
            await().atMost(PATIENCE).until(() -> one.get(REBUILD).at("/state").asString(), "SERVING"::equals);
        }
        assertThat(contents("query_orders_2")).isEqualTo(contents("query_orders_1"));
        assertThat(jdbc.sql("select count(*) from query_orders_2.order_timeline")
                        .query(Long.class)
                        .single())
                .isEqualTo(EVENTS);
    }

    private void publish() {
        PublishedEvents events = new PublishedEvents(clients, new ContractSerializer());
        List<OrderId> orders = Stream.generate(Stories::newOrder).limit(ORDERS).toList();
        events.publishDelivered(orders, "ada", 0, 6);
    }

    private boolean bothHavePartitions() throws ExecutionException, InterruptedException {
        String group = "query-side-orders-2";
        try (Admin admin = clients.admin()) {
            return admin.describeConsumerGroups(List.of(group)).all().get().values().stream()
                            .flatMap(described -> described.members().stream())
                            .filter(member ->
                                    !member.assignment().topicPartitions().isEmpty())
                            .count()
                    == 2;
        }
    }

    private long done() {
        return jdbc.sql("select count(*) from query_orders_2.order_timeline")
                .query(Long.class)
                .single();
    }

    private List<String> contents(String schema) {
        return Stream.of("order_summary", "order_in_status", "order_product", "order_search", "order_timeline")
                .map(table -> jdbc.sql(
                                "select count(*) || ' ' || coalesce(md5(string_agg(r::text, '' order by r::text)), '')"
                                        + " from " + schema + "." + table + " r")
                        .query(String.class)
                        .single())
                .toList();
    }
}
