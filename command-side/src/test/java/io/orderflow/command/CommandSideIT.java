package io.orderflow.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.messaging.config.KafkaClients;
import io.orderflow.messaging.config.Topics;
import io.orderflow.servers.TestServers;
import java.io.IOException;
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
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.common.transaction.TransactionManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CommandSideIT {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static ConfigurableApplicationContext service;
    private static String origin;
    private static HttpClient client;

    @BeforeAll
    static void start() throws Exception {
        service = new SpringApplicationBuilder(CommandSideApplication.class)
                .properties("spring.config.name=command-side")
                .run(
                        "--server.port=0",
                        "--spring.datasource.url=" + TestServers.newDatabase() + "?currentSchema=command",
                        "--spring.datasource.username=" + TestServers.databaseUser(),
                        "--spring.datasource.password=" + TestServers.databasePassword(),
                        "--orderflow.kafka.bootstrap-servers=" + TestServers.bootstrapServers());
        String port = service.getEnvironment().getRequiredProperty("local.server.port");
        origin = "http://localhost:" + port;
        client = HttpClient.newHttpClient();
        send("PUT", "/api/products/book", "{\"name\":\"A book\",\"price\":29.99}");
        send("POST", "/api/products/book/stock", "{\"change\":100}");
    }

    @AfterAll
    static void stop() {
        client.close();
        service.close();
    }

    private static HttpResponse<String> send(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(origin + path))
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> response) {
        return JSON.readTree(response.body());
    }

    private static String order(String sku, int quantity) {
        return "{\"customerId\":\"customer-1\",\"email\":\"ann@example.org\",\"lines\":[{\"sku\":\"%s\",\"quantity\":%d}]}"
                .formatted(sku, quantity);
    }

    @Test
    void anOrderIsPlacedCancelledAndPublished() throws Exception {
        HttpResponse<String> placed = send("POST", "/api/orders", order("book", 2), "X-Correlation-Id", "story-1");
        assertThat(placed.statusCode()).isEqualTo(201);
        String id = json(placed).get("orderId").asString();
        assertThat(placed.headers().firstValue("Location")).contains("/api/orders/" + id);
        assertThat(placed.headers().firstValue("ETag")).contains("\"0\"");
        assertThat(json(placed).get("total").decimalValue()).isEqualByComparingTo("59.98");
        assertThat(json(placed).get("status").asString()).isEqualTo("PLACED");

        HttpResponse<String> stale = send("POST", "/api/orders/" + id + "/cancel", "{}", "If-Match", "\"7\"");
        assertThat(stale.statusCode()).isEqualTo(412);

        HttpResponse<String> cancelled = send("POST", "/api/orders/" + id + "/cancel", "{}", "If-Match", "\"0\"");
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
                service.getBean(KafkaClients.class).consumer("command-side-it-" + UUID.randomUUID(), 0)) {
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
        HttpResponse<String> first = send("POST", "/api/orders", order("book", 1), "Idempotency-Key", "key-1");
        send("POST", "/api/orders/" + json(first).get("orderId").asString() + "/cancel", "{}");
        HttpResponse<String> again = send("POST", "/api/orders", order("book", 1), "Idempotency-Key", "key-1");
        HttpResponse<String> other = send("POST", "/api/orders", order("book", 2), "Idempotency-Key", "key-1");

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(json(other).get("type").asString()).isEqualTo("urn:orderflow:problem:key-reused");
    }

    @Test
    void stockIsCountedOnceForAKey() throws Exception {
        send("PUT", "/api/products/pen", "{\"name\":\"A pen\",\"price\":\"1.50\",\"currency\":\"EUR\"}");
        send("POST", "/api/products/pen/stock", "{\"change\":5}", "Idempotency-Key", "delivery-1");
        HttpResponse<String> again =
                send("POST", "/api/products/pen/stock", "{\"change\":5}", "Idempotency-Key", "delivery-1");
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(json(again).get("available").asInt()).isEqualTo(5);
        assertProblem(send("POST", "/api/products/pen/stock", "{\"change\":-6}"), 409, "refused");
    }

    @Test
    void aProductIsRegisteredOnceAndChangedLater() throws Exception {
        assertThat(send("PUT", "/api/products/cup", "{\"name\":\"A cup\",\"price\":5}")
                        .statusCode())
                .isEqualTo(201);
        assertThat(send("PUT", "/api/products/cup", "{\"name\":\"A cup\",\"price\":6}")
                        .statusCode())
                .isEqualTo(200);
        assertProblem(
                send(
                        "POST",
                        "/api/orders",
                        "{\"customerId\":\"c\",\"lines\":[{\"sku\":\"cup\",\"quantity\":1,\"price\":5}]}"),
                422,
                "price-differs");
    }

    @Test
    void everyRefusalIsAProblemThatSaysWhatToDo() throws Exception {
        String unknownId = "/api/orders/" + UUID.randomUUID() + "/cancel";
        assertProblem(send("POST", "/api/orders", "{\"customerId\":"), 400, "malformed");
        assertProblem(send("POST", "/api/orders", "{\"customer\":\"x\"}"), 400, "malformed");
        assertProblem(send("POST", "/api/orders", "{\"customerId\":\"c\",\"lines\":[]}"), 422, "invalid");
        assertProblem(send("POST", "/api/orders", order("book", 0)), 422, "invalid");
        assertProblem(send("POST", "/api/orders", order("nothing", 1)), 422, "unknown-product");
        assertProblem(send("POST", unknownId, "{}"), 404, "not-found");
        assertProblem(send("DELETE", "/api/orders", ""), 405, "method-not-allowed");
        assertProblem(send("POST", "/api/orders", " ".repeat(300_000) + order("book", 1)), 413, "too-large");
        assertProblem(send("PUT", "/api/products/tea", "{\"name\":\"Tea\",\"price\":1.234}"), 422, "invalid");
        assertProblem(send("GET", "/api/nowhere", ""), 404, "not-found");
        HttpRequest text = HttpRequest.newBuilder(URI.create(origin + "/api/orders"))
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("hello"))
                .build();
        assertProblem(client.send(text, BodyHandlers.ofString()), 415, "unsupported-media-type");
    }

    private static void assertProblem(HttpResponse<String> response, int status, String name) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(json(response).get("type").asString()).isEqualTo("urn:orderflow:problem:" + name);
        assertThat(json(response).get("detail").asString()).isNotBlank();
    }

    @Test
    void itIsReadyDescribesItselfAndOpensNoTransactions() throws Exception {
        assertThat(send("GET", "/actuator/health/readiness", "").statusCode()).isEqualTo(200);
        assertThat(send("GET", "/v3/api-docs", "").body()).contains("/api/orders/{id}/cancel");
        assertThat(service.getBean(TransactionManager.class)).isSameAs(NoTransactionManager.INSTANCE);
    }
}
