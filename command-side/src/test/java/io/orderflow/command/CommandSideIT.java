package io.orderflow.command;

import static io.orderflow.command.RunningCommandSide.assertProblem;
import static io.orderflow.command.RunningCommandSide.json;
import static io.orderflow.command.RunningCommandSide.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.command.dispatch.AggregateCommandBus;
import io.orderflow.messaging.config.KafkaClients;
import io.orderflow.messaging.config.Topics;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class CommandSideIT {

    private static RunningCommandSide service;

    @BeforeAll
    static void start() throws Exception {
        service = RunningCommandSide.start();
        service.send("PUT", "/api/products/book", "{\"name\":\"A book\",\"price\":29.99}");
        service.send("POST", "/api/products/book/stock", "{\"change\":100}");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void anOperatorHasEverythingPublishedAgainAndSeesHowFarItIs() throws Exception {
        assertThat(service.send("POST", "/api/orders", order("book", 1)).statusCode())
                .isEqualTo(201);
        await().untilAsserted(() -> assertThat(json(service.send("GET", "/api/admin/relay", ""))
                        .get("state")
                        .asString())
                .isEqualTo("PUBLISHED"));

        HttpResponse<String> again = service.send("POST", "/api/admin/relay/republish", "");
        assertThat(again.statusCode()).isEqualTo(202);
        assertThat(again.headers().firstValue("Location")).contains("/api/admin/relay");

        await().untilAsserted(() -> {
            JsonNode relay = json(service.send("GET", "/api/admin/relay", ""));
            assertThat(relay.get("state").asString()).isEqualTo("PUBLISHED");
            assertThat(relay.get("position").asLong())
                    .isPositive()
                    .isEqualTo(relay.get("head").asLong());
            assertThat(relay.get("lag").asLong()).isZero();
        });
    }

    @Test
    void anOrderIsPlacedCancelledAndPublished() throws Exception {
        HttpResponse<String> placed =
                service.send("POST", "/api/orders", order("book", 2), "X-Correlation-Id", "story-1");
        assertThat(placed.statusCode()).isEqualTo(201);
        String id = json(placed).get("orderId").asString();
        assertThat(placed.headers().firstValue("Location")).contains("/api/orders/" + id);
        assertThat(placed.headers().firstValue("ETag")).contains("\"0\"");
        assertThat(placed.headers().firstValue("Content-Length"))
                .as("sent whole")
                .isPresent();
        assertThat(json(placed).get("total").toString()).isEqualTo("{\"amount\":\"59.98\",\"currency\":\"EUR\"}");
        assertThat(json(placed).get("status").asString()).isEqualTo("PLACED");

        HttpResponse<String> stale = service.send("POST", "/api/orders/" + id + "/cancel", "{}", "If-Match", "\"7\"");
        assertThat(stale.statusCode()).isEqualTo(412);

        HttpResponse<String> cancelled =
                service.send("POST", "/api/orders/" + id + "/cancel", "{}", "If-Match", "\"0\"");
        assertThat(cancelled.statusCode()).isEqualTo(200);
        assertThat(cancelled.headers().firstValue("ETag")).contains("\"1\"");
        assertThat(json(cancelled).get("status").asString()).isEqualTo("CANCELLED");

        List<ConsumerRecord<String, byte[]>> published = publishedFor(id, 2);
        assertThat(published.stream().map(CommandSideIT::typeOf)).containsExactly("OrderPlaced", "OrderCancelled");
        assertThat(headerOf(published.getFirst(), "ce_globalindex")).isNotEmpty();
        assertThat(new String(published.getFirst().value(), StandardCharsets.UTF_8))
                .contains("customer-1");
        assertThat(published.getFirst().headers())
                .anySatisfy(header -> assertThat(new String(header.value(), StandardCharsets.UTF_8))
                        .isEqualTo("story-1"));
    }

    private static List<ConsumerRecord<String, byte[]>> publishedFor(String key, int count) {
        List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
        try (Consumer<String, byte[]> consumer =
                service.bean(KafkaClients.class).consumer("command-side-it-" + UUID.randomUUID())) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.ORDERS).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(received -> {
                    if (received.key().equals(key)) {
                        found.add(received);
                    }
                });
                return found.size() >= count;
            });
        }
        return found;
    }

    private static String typeOf(ConsumerRecord<?, ?> received) {
        return headerOf(received, "ce_type");
    }

    private static String headerOf(ConsumerRecord<?, ?> received, String name) {
        return new String(received.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    @Test
    void theSameKeyAndBodyGetTheSameAnswerAndAnotherBodyIsRefused() throws Exception {
        HttpResponse<String> first = service.send("POST", "/api/orders", order("book", 1), "Idempotency-Key", "key-1");
        service.send("POST", "/api/orders/" + json(first).get("orderId").asString() + "/cancel", "{}");
        HttpResponse<String> again = service.send("POST", "/api/orders", order("book", 1), "Idempotency-Key", "key-1");
        HttpResponse<String> other = service.send("POST", "/api/orders", order("book", 2), "Idempotency-Key", "key-1");

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(json(other).get("type").asString()).isEqualTo("urn:orderflow:problem:key-reused");
    }

    @Test
    void stockIsCountedOnceForAKey() throws Exception {
        service.send("PUT", "/api/products/pen", "{\"name\":\"A pen\",\"price\":\"1.50\",\"currency\":\"EUR\"}");
        service.send("POST", "/api/products/pen/stock", "{\"change\":5}", "Idempotency-Key", "delivery-1");
        HttpResponse<String> again =
                service.send("POST", "/api/products/pen/stock", "{\"change\":5}", "Idempotency-Key", "delivery-1");
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(json(again).get("available").asInt()).isEqualTo(5);
        assertProblem(service.send("POST", "/api/products/pen/stock", "{\"change\":-6}"), 409, "refused");
    }

    @Test
    void aProductIsRegisteredOnceAndChangedLater() throws Exception {
        assertThat(service.send("PUT", "/api/products/cup", "{\"name\":\"A cup\",\"price\":5}")
                        .statusCode())
                .isEqualTo(201);
        assertThat(service.send("PUT", "/api/products/cup", "{\"name\":\"A cup\",\"price\":6}")
                        .statusCode())
                .isEqualTo(200);
        assertProblem(
                service.send(
                        "POST",
                        "/api/orders",
                        "{\"customerId\":\"c\",\"lines\":[{\"sku\":\"cup\",\"quantity\":1,\"price\":5}]}"),
                422,
                "price-differs");
    }

    @Test
    void everyRefusalIsAProblemThatSaysWhatToDo() throws Exception {
        String unknownId = "/api/orders/" + UUID.randomUUID() + "/cancel";
        assertProblem(service.send("POST", "/api/orders", "{\"customerId\":"), 400, "malformed");
        assertProblem(service.send("POST", "/api/orders", "{\"customer\":\"x\"}"), 400, "malformed");
        assertProblem(service.send("POST", "/api/orders", "{\"customerId\":\"c\",\"lines\":[]}"), 422, "invalid");
        assertProblem(service.send("POST", "/api/orders", order("book", 0)), 422, "invalid");
        assertProblem(service.send("POST", "/api/orders", order("nothing", 1)), 422, "unknown-product");
        assertProblem(service.send("POST", unknownId, "{}"), 404, "not-found");
        assertProblem(service.send("DELETE", "/api/orders", ""), 405, "method-not-allowed");
        assertProblem(service.send("POST", "/api/orders", " ".repeat(300_000) + order("book", 1)), 413, "too-large");
        assertProblem(service.send("PUT", "/api/products/tea", "{\"name\":\"Tea\",\"price\":1.234}"), 422, "invalid");
        assertProblem(service.send("GET", "/api/nowhere", ""), 404, "not-found");
        assertProblem(service.post("text/plain", "/api/orders", "hello"), 415, "unsupported-media-type");
    }

    @Test
    void itIsReadyAndDescribesItself() throws Exception {
        assertThat(service.send("GET", "/actuator/health/readiness", "").statusCode())
                .isEqualTo(200);
        assertThat(service.send("GET", "/v3/api-docs", "").body()).contains("/api/orders/{id}/cancel");
    }

    @Test
    void whoDecidesOpensNoTransactionAndSoHoldsNoConnectionThatTheStoreMayNeed() {
        assertThat(service.bean(TransactionManager.class)).isSameAs(NoTransactionManager.INSTANCE);
        assertThat(service.bean(Configuration.class).getComponent(TransactionManager.class))
                .isSameAs(NoTransactionManager.INSTANCE);
        AggregateCommandBus bus = service.bean(AggregateCommandBus.class);
        assertThat(service.bean(CommandBus.class)).isSameAs(bus);
        assertThat(service.bean(Configuration.class).commandBus()).isSameAs(bus);
        assertThat(bus).extracting("transactionManager").isSameAs(NoTransactionManager.INSTANCE);
    }

    @Test
    void ordersAreAcceptedWhileKafkaIsAwayAndPublishedWhenItIsBack() throws Exception {
        service.kafka().stop();
        HttpResponse<String> placed;
        try {
            placed = service.send("POST", "/api/orders", order("book", 1));
            assertThat(placed.statusCode()).isEqualTo(201);
            assertThat(statusOfKafka()).isEqualTo("DEGRADED");
            assertThat(service.send("GET", "/actuator/health/readiness", "").statusCode())
                    .isEqualTo(200);
            assertThat(service.send("GET", "/actuator/health", "").statusCode()).isEqualTo(200);
        } finally {
            service.kafka().start();
        }
        assertThat(publishedFor(json(placed).get("orderId").asString(), 1)).hasSize(1);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(statusOfKafka()).isEqualTo("UP"));
    }

    private static String statusOfKafka() throws Exception {
        JsonNode health = json(service.send("GET", "/actuator/health", ""));
        return health.get("components").get("kafka").get("status").asString();
    }
}
