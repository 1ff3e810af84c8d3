package io.orderflow.saga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.api.inventory.InventoryEvent.StockReserved;
import io.orderflow.api.inventory.ProductName;
import io.orderflow.api.inventory.Quantity;
import io.orderflow.api.inventory.Sku;
import io.orderflow.api.order.CancelledBy;
import io.orderflow.api.order.CustomerId;
import io.orderflow.api.order.EmailAddress;
import io.orderflow.api.order.OrderEvent;
import io.orderflow.api.order.OrderEvent.OrderCancelled;
import io.orderflow.api.order.OrderEvent.OrderConfirmed;
import io.orderflow.api.order.OrderEvent.OrderDelivered;
import io.orderflow.api.order.OrderEvent.OrderPlaced;
import io.orderflow.api.order.OrderEvent.OrderShipped;
import io.orderflow.api.order.OrderEvent.PaymentAuthorized;
import io.orderflow.api.order.OrderEvent.PaymentCaptured;
import io.orderflow.api.order.OrderId;
import io.orderflow.api.order.OrderLine;
import io.orderflow.api.payment.AuthorizationId;
import io.orderflow.api.payment.Money;
import io.orderflow.api.shipping.CarrierName;
import io.orderflow.api.shipping.TrackingNumber;
import io.orderflow.messaging.KafkaFixture;
import io.orderflow.messaging.PublishedEvents;
import io.orderflow.messaging.config.Topics;
import io.orderflow.saga.work.Simulation;
import io.orderflow.saga.work.Simulation.Behavior;
import io.orderflow.servers.KafkaServer;
import io.orderflow.servers.TestServers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.MetaData;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The whole service on a real broker and a real database. */
class SagaIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Sku PEN = new Sku("PEN");
    private static final Money TOTAL = Money.of(2000, "EUR");

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static KafkaServer broker;
    private static KafkaFixture kafka;
    private static PublishedEvents events;

    private ConfigurableApplicationContext service;
    private JdbcClient jdbc;
    private String database;

    @BeforeAll
    static void startBroker() {
        broker = KafkaServer.start(TestServers.temporaryFolder());
        kafka = new KafkaFixture(broker.bootstrapServers());
        List.of(Topics.ORDERS, Topics.INVENTORY, Topics.COMMANDS).forEach(kafka::createTopic);
        events = new PublishedEvents();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void startService() {
        database = TestServers.newDatabase();
        start();
    }

    @AfterEach
    void stopService() {
        service.close();
    }

    private void start(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--orderflow.payment.success-rate=1",
                "--orderflow.shipping.transit=0s",
                "--ORDERFLOW_DB_URL=" + database,
                "--ORDERFLOW_DB_USER=" + TestServers.databaseUser(),
                "--ORDERFLOW_DB_PASSWORD=" + TestServers.databasePassword(),
                "--ORDERFLOW_KAFKA=" + broker.bootstrapServers()));
        arguments.addAll(List.of(more));
        service = SagaApplication.application().run(arguments.toArray(String[]::new));
        jdbc = service.getBean(JdbcClient.class);
    }

    private ProducerRecord<String, byte[]> order(OrderEvent event) {
        return events.next(Topics.ORDERS, "Order", event.orderId().toString(), event);
    }

    private static OrderPlaced placed(OrderId id) {
        OrderLine line = new OrderLine(1, PEN, new ProductName("Pen"), new Quantity(2), Money.of(1000, "EUR"), true);
        return new OrderPlaced(
                id, new CustomerId("c"), new EmailAddress("c@example.org"), null, List.of(line), line.amount());
    }

    private ProducerRecord<String, byte[]> reserved(OrderId id) {
        return events.next(
                Topics.INVENTORY,
                "StockItem",
                PEN.value(),
                new StockReserved(PEN, id, 1, new Quantity(2)),
                MetaData.with("orderId", id.toString()));
    }

    /** An order whose payment was asked for in vain. */
    private OrderId orderThatWaitsFor(Simulation payment) {
        payment.become(new Behavior(1, Duration.ZERO, true));
        OrderId id = new OrderId(UUID.randomUUID());
        kafka.send(List.of(order(placed(id))));
        awaitCommand(id, "ReserveStock");
        kafka.send(List.of(reserved(id)));
        awaitCount(1, "SELECT count(*) FROM work_item WHERE order_id = ? AND last_error IS NOT NULL", id.value());
        return id;
    }

    private long count(String sql, Object... parameters) {
        return jdbc.sql(sql).params(parameters).query(Long.class).single();
    }

    private void awaitCount(long expected, String sql, Object... parameters) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(count(sql, parameters)).isEqualTo(expected));
    }

    /** Types of the commands sent for an order, in the order of the topic's partitions. */
    private static List<String> commandsFor(OrderId id) {
        List<String> types = new ArrayList<>();
        try (Consumer<String, byte[]> consumer = kafka.clients().consumer("spy-" + UUID.randomUUID())) {
            List<TopicPartition> partitions = IntStream.range(0, KafkaFixture.PARTITIONS)
                    .mapToObj(number -> new TopicPartition(Topics.COMMANDS, number))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
                for (ConsumerRecord<String, byte[]> sent : consumer.poll(Duration.ofMillis(100))) {
                    if (header(sent, "ce_orderid").equals(id.toString())) {
                        types.add(header(sent, "ce_type"));
                    }
                }
            }
        }
        return types;
    }

    /** As it was published when shipments did not name their carrier. */
    private static ProducerRecord<String, byte[]> inRevision1(ProducerRecord<String, byte[]> shipped) {
        String json = new String(shipped.value(), StandardCharsets.UTF_8);
        shipped.headers().remove("ce_revision");
        shipped.headers().add("ce_revision", "1".getBytes(StandardCharsets.UTF_8));
        return new ProducerRecord<>(
                shipped.topic(),
                null,
                shipped.timestamp(),
                shipped.key(),
                json.replace("\"carrier\":\"Simulated carrier\",", "").getBytes(StandardCharsets.UTF_8),
                shipped.headers());
    }

    private static String header(ConsumerRecord<String, byte[]> sent, String name) {
        return new String(sent.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static void awaitCommand(OrderId id, String type) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(commandsFor(id)).contains(type));
    }

    @Test
    void an_order_is_taken_from_placed_to_delivered() {
        OrderId id = new OrderId(UUID.randomUUID());
        kafka.send(List.of(order(placed(id))));
        awaitCommand(id, "ReserveStock");
        kafka.send(List.of(reserved(id)));
        awaitCommand(id, "RecordAuthorization");
        kafka.send(List.of(order(new PaymentAuthorized(id, new AuthorizationId("auth-" + id), TOTAL))));
        awaitCommand(id, "ConfirmOrder");
        kafka.send(List.of(order(new OrderConfirmed(id))));
        awaitCommand(id, "ShipOrder");
        kafka.send(
                List.of(inRevision1(order(new OrderShipped(id, CarrierName.FIRST, new TrackingNumber("SIM-" + id))))));
        awaitCommand(id, "DeliverOrder");
        awaitCommand(id, "RecordCapture");
        kafka.send(List.of(order(new PaymentCaptured(id, TOTAL)), order(new OrderDelivered(id))));
        awaitCount(
                1,
                "SELECT count(*) FROM fulfilment WHERE order_id = ? AND stage = 'FINISHED'"
                        + " AND finished_at IS NOT NULL",
                id.value());
        awaitCount(3, "SELECT count(*) FROM simulated_notification WHERE idempotency_key LIKE ?", id + "%");
        assertThat(commandsFor(id)).doesNotHaveDuplicates();
        awaitCount(0, "SELECT count(*) FROM outbox");
        awaitCount(0, "SELECT count(*) FROM work_item WHERE order_id = ?", id.value());
    }

    @Test
    void a_void_waits_until_the_outcome_of_its_authorization_is_known() {
        Simulation payment = service.getBean("paymentSimulation", Simulation.class);
        OrderId id = orderThatWaitsFor(payment);
        kafka.send(List.of(order(new OrderCancelled(id, CancelledBy.CUSTOMER, null))));
        awaitCount(2, "SELECT count(*) FROM work_item WHERE order_id = ? AND lane = 'payment'", id.value());
        payment.become(new Behavior(1, Duration.ZERO, false));
        awaitCommand(id, "RecordAuthorization");
        awaitCommand(id, "RecordVoid");
        assertThat(jdbc.sql("SELECT entry FROM simulated_payment WHERE idempotency_key LIKE ? ORDER BY entered_at")
                        .param(id + "%")
                        .query(String.class)
                        .list())
                .containsExactly("AUTHORIZED", "VOIDED");
    }

    @Test
    void an_order_that_nobody_answers_is_rejected_when_its_time_is_over() {
        service.close();
        start("--orderflow.fulfilment.time-limit=1s");
        OrderId id = new OrderId(UUID.randomUUID());
        kafka.send(List.of(order(placed(id))));
        awaitCommand(id, "RejectOrder");
        assertThat(commandsFor(id)).contains("ReleaseStock");
    }

    @Test
    void an_answer_for_which_there_is_no_order_is_parked() {
        OrderId nobody = new OrderId(UUID.randomUUID());
        kafka.send(List.of(reserved(nobody)));
        awaitCount(
                1,
                "SELECT count(*) FROM parked_sequence WHERE cause LIKE '%NoFulfilment%'" + " AND cause LIKE ?",
                "%" + nobody + "%");
    }

    @Test
    void a_missing_event_parks_its_order() {
        OrderId id = new OrderId(UUID.randomUUID());
        ProducerRecord<String, byte[]> first = order(placed(id));
        events.skip(id.toString());
        kafka.send(List.of(first, order(new OrderConfirmed(id))));
        awaitCount(
                1,
                "SELECT count(*) FROM parked_sequence WHERE sequence_id = ? AND cause LIKE '%is missing%'",
                id.toString());
    }

    /** Sends a request to the service as an operator does. */
    private HttpResponse<String> ask(String method, String path) throws Exception {
        URI uri = URI.create("http://localhost:" + service.getEnvironment().getProperty("local.server.port") + path);
        return HTTP.send(
                HttpRequest.newBuilder(uri)
                        .method(method, BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
    }

    @Test
    void an_operator_sees_what_an_order_waits_for_and_hurries_it() throws Exception {
        Simulation payment = service.getBean("paymentSimulation", Simulation.class);
        OrderId id = orderThatWaitsFor(payment);

        assertThat(ask("GET", "/api/saga/waiting").body()).contains(id.toString(), "simulated outage");
        assertThat(ask("GET", "/api/saga/waiting?olderThan=1h").body()).doesNotContain(id.toString());
        jdbc.sql("UPDATE work_item SET due_at = now() + interval '1 hour'").update();
        payment.become(new Behavior(1, Duration.ZERO, false));
        assertThat(ask("POST", "/api/saga/waiting/" + id + "/retry").body()).isEqualTo("{\"retried\":1}");
        awaitCommand(id, "RecordAuthorization");
    }

    @Test
    void what_kafka_has_lost_is_asked_for_again_also_by_orders_that_are_finished() throws Exception {
        OrderId waiting = new OrderId(UUID.randomUUID());
        OrderId finished = new OrderId(UUID.randomUUID());
        kafka.send(List.of(
                order(placed(waiting)),
                order(placed(finished)),
                order(new OrderCancelled(finished, CancelledBy.CUSTOMER, null))));
        awaitCommand(waiting, "ReserveStock");
        awaitCommand(finished, "ReleaseStock");
        awaitCount(0, "SELECT count(*) FROM outbox");

        assertThat(ask("POST", "/api/saga/waiting/ask-again?since=2100-01-01T00:00:00Z")
                        .statusCode())
                .as("of those that are not finished")
                .isEqualTo(200);
        assertThat(ask("POST", "/api/saga/waiting/ask-again?since=2000-01-01T00:00:00Z")
                        .statusCode())
                .isEqualTo(200);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(commandsFor(waiting))
                        .containsExactly("ReserveStock", "ReserveStock", "ReserveStock"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(commandsFor(finished))
                        .containsExactly("ReserveStock", "ReleaseStock", "ReleaseStock"));
    }

    @Test
    void an_answer_without_a_fulfilment_is_parked_until_an_operator_retries_it() throws Exception {
        OrderId id = new OrderId(UUID.randomUUID());
        ProducerRecord<String, byte[]> placed = order(placed(id));
        kafka.send(List.of(reserved(id)));
        awaitCount(1, "SELECT count(*) FROM parked_sequence WHERE sequence_id = ?", id.toString());
        kafka.send(List.of(placed));
        awaitCount(2, "SELECT count(*) FROM parked_record WHERE sequence_id = ?", id.toString());

        assertThat(ask("GET", "/api/saga/parked").body()).contains(id.toString());
        assertThat(ask("POST", "/api/saga/parked/retry").statusCode()).isEqualTo(200);
        awaitCommand(id, "RecordAuthorization");
        assertThat(ask("GET", "/api/saga/parked").body()).doesNotContain(id.toString());
    }

    @Test
    void a_request_that_is_not_understood_is_told_why() throws Exception {
        for (String wrong : List.of("/api/saga/waiting?olderThan=soon", "/api/saga/waiting/none/retry")) {
            HttpResponse<String> refusal = ask(wrong.endsWith("retry") ? "POST" : "GET", wrong);
            assertThat(refusal.statusCode()).as(refusal.body()).isEqualTo(400);
            assertThat(refusal.headers().firstValue("Content-Type")).contains("application/problem+json");
        }
        assertThat(ask("GET", "/api/saga/nothing").body()).contains("urn:orderflow:problem:not-found");
    }

    @Test
    void the_service_runs_no_event_store_and_no_streaming_processor() {
        assertThat(service.getBeansOfType(EventStore.class)).isEmpty();
        assertThat(service.getBeansOfType(EventStorageEngine.class)).isEmpty();
        assertThat(service.getBean(EventProcessingConfiguration.class)
                        .eventProcessors()
                        .values())
                .isNotEmpty()
                .noneMatch(StreamingEventProcessor.class::isInstance);
    }
}
