package io.orderflow.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.api.order.OrderId;
import io.orderflow.servers.TestServers;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every request of the five described systems, as their texts write it, and the answer that they promise. */
class SeedRequestsIT {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final JsonMapper JSON = new JsonMapper();
    private static Orderflow orderflow;

    @BeforeAll
    static void up() {
        orderflow = Orderflow.up(new UpOptions(TestServers.temporaryFolder(), 0, false), line -> {});
    }

    @AfterAll
    static void down() {
        orderflow.close();
    }

    // 0

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"user_id\":25, \"Product_Id\": 12345, \"Quantity\": 10, \"Total_Price\": 100.00}",
                "{\"user_id\": 25, \"product_id\": 12345, \"quantity\": 10, \"total_price\": 100.00}"
            })
    void system0AddsAnOrder(String body) {
        Answer answer = post("/Orders", body);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.at("/message")).isEqualTo("Order added successfully");
        JsonNode order = order(answer.at("/order_id"));
        assertThat(order.at("/customerId").asString()).isEqualTo("25");
        assertThat(order.at("/total/amount").asString()).isEqualTo("100.00");
        assertThat(order.at("/lines/0/unitPrice/amount").asString()).isEqualTo("10.00");
        goesTheWholeWay(answer.at("/order_id"));
    }

    @Test
    void system0KeepsATotalThatCannotBeDividedExact() {
        Answer answer = post("/Orders", "{\"user_id\":9999,\"product_id\":25,\"quantity\":49,\"total_price\":1500.33}");

        assertThat(answer.status()).isEqualTo(200);
        JsonNode order = order(answer.at("/order_id"));
        assertThat(order.at("/total/amount").asString()).isEqualTo("1500.33");
        assertThat(order.at("/lines")).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"user_id\":25,",
                "",
                "[]",
                "{\"user_id\":25,\"product_id\":1,\"quantity\":0,\"total_price\":1}",
                "{\"user_id\":25,\"product_id\":1,\"quantity\":-1,\"total_price\":1}",
                "{\"user_id\":25,\"product_id\":1,\"quantity\":1,\"total_price\":-1}",
                "{\"user_id\":25,\"product_id\":1,\"quantity\":1}",
                "{\"user_id\":25,\"product_id\":\"teapot\",\"quantity\":1,\"total_price\":1}"
            })
    void system0RefusesInvalidJsonAndRowsThatCannotBeAdded(String body) {
        assertThat(post("/Orders", body).status()).isEqualTo(400);
    }

    // 1

    @Test
    void system1AnswersWithTheRow() {
        Answer answer = post("/orders", "{\"user_id\": 123, \"product_id\": 456, \"quantity\": 2}");

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().propertyNames())
                .containsExactlyInAnyOrder(
                        "ID", "CreatedAt", "UpdatedAt", "DeletedAt", "user_id", "product_id", "quantity", "status");
        assertThat(Instant.parse(answer.at("/CreatedAt"))).isEqualTo(Instant.parse(answer.at("/UpdatedAt")));
        assertThat(answer.json().at("/DeletedAt").isNull()).isTrue();
        assertThat(answer.json().at("/user_id").asInt()).isEqualTo(123);
        assertThat(answer.json().at("/product_id").asInt()).isEqualTo(456);
        assertThat(answer.json().at("/quantity").asInt()).isEqualTo(2);
        assertThat(answer.at("/status")).isEqualTo("Pending");
        assertThat(order(answer.at("/ID")).at("/lines/0/quantity").asInt()).isEqualTo(2);
        goesTheWholeWay(answer.at("/ID"));
    }

    // 2

    @Test
    void system2CreatesAnOrderOfItems() {
        Answer answer = post("/orders", """
                {
                  "user_id": "customer_123",
                  "email": "customer@example.com",
                  "items": [
                    {"product_id": "prod_001", "product_name": "Premium Widget", "quantity": 2, "price": 29.99},
                    {"product_id": "prod_002", "product_name": "Standard Widget", "quantity": 1, "price": 15.99}
                  ]
                }
                """);

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.at("/message")).isEqualTo("Order created successfully");
        assertThat(answer.at("/status")).isEqualTo("CREATED");
        JsonNode order = order(answer.at("/order_id"));
        assertThat(order.at("/total/amount").asString()).isEqualTo("75.97");
        assertThat(order.at("/email").asString()).isEqualTo("customer@example.com");
        assertThat(order.at("/lines/0/name").asString()).isEqualTo("Premium Widget");
        Answer listed = get("/api/orders?customerId=customer_123");
        assertThat(listed.json().at("/orders").findValuesAsString("orderId")).contains(answer.at("/order_id"));
        goesTheWholeWay(answer.at("/order_id"));
    }

    @Test
    void system2IsHealthy() {
        Answer answer = get("/health");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.at("/status")).isEqualTo("healthy");
    }

    // 3

    @Test
    void system3OrdersItemsByNameAndAsksForTheStatus() {
        Answer answer = post("/order", "{\"userId\":\"123\",\"items\":[\"item1\",\"item2\"]}");

        assertThat(answer.status()).isEqualTo(201);
        String orderId = answer.at("/orderId");
        Answer status = get("/order/status?orderId=" + orderId);
        assertThat(status.status()).isEqualTo(200);
        assertThat(status.at("/orderId")).isEqualTo(orderId);
        assertThat(status.at("/status")).isNotEmpty();
        assertThat(order(orderId).at("/lines")).hasSize(2);
        goesTheWholeWay(orderId);
    }

    @Test
    void system3KnowsNoStatusOfAnUnknownOrder() {
        assertThat(get("/order/status?orderId=" + UUID.randomUUID()).status()).isEqualTo(404);
        assertThat(get("/order/status").status()).isEqualTo(400);
    }

    // 4

    @Test
    void system4AcceptsAnOrderUnderItsOwnId() {
        String body = "{\"id\":\"order-001\",\"user_id\":\"user-123\",\"total\":149.99,\"status\":\"pending\","
                + "\"timestamp\":\"2025-10-06T17:00:00Z\"}";

        Answer answer = post("/order", body);
        Answer again = post("/order", body);

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.at("/id")).isEqualTo("order-001");
        assertThat(answer.at("/orderId"))
                .isEqualTo(OrderId.of("order", "order-001").toString());
        assertThat(again.status()).isEqualTo(202);
        assertThat(again.at("/orderId")).isEqualTo(answer.at("/orderId"));
        assertThat(order(answer.at("/orderId")).at("/total/amount").asString()).isEqualTo("149.99");
        assertThat(get("/api/orders?customerId=user-123").json().at("/orders")).hasSize(1);
        assertThat(get("/order/status?orderId=order-001").status()).isEqualTo(200);
        goesTheWholeWay(answer.at("/orderId"));
    }

    @Test
    void system4RefusesInvalidJsonAndOtherMethods() {
        assertThat(post("/order", "{\"id\":").status()).isEqualTo(400);
        for (String method : List.of("GET", "PUT", "DELETE", "PATCH")) {
            assertThat(send(method, "/order", "{}").status()).isEqualTo(405);
        }
    }

    // beside them

    @Test
    void theCanonicalApiStandsAtTheSameOrigin() {
        Answer answer = post(
                "/api/orders",
                "{\"customerId\":\"ada\",\"email\":\"ada@example.org\",\"lines\":[{\"sku\":\"teapot\",\"quantity\":2}]}");

        assertThat(answer.status()).isEqualTo(201);
        String location = answer.response().headers().firstValue("Location").orElseThrow();
        assertThat(get(location + "?minVersion=0&wait=20s").at("/total/amount")).isEqualTo("59.98");
        assertThat(new BigDecimal(get("/api/products/teapot").at("/price/amount")))
                .isEqualByComparingTo("29.99");
        assertThat(get("/services/query/v3/api-docs").at("/servers/0/url")).contains("/services/query");
        assertThat(get("/api/query/parked").status()).isEqualTo(200);
        assertThat(get("/api/unknown").status()).isEqualTo(404);
    }

    private record Answer(HttpResponse<String> response, JsonNode json) {

        int status() {
            return response.statusCode();
        }

        String at(String pointer) {
            return json.at(pointer).asString();
        }
    }

    private static JsonNode order(String orderId) {
        Answer answer = get("/api/orders/" + orderId + "?minVersion=0&wait=20s");
        assertThat(answer.status()).isEqualTo(200);
        return answer.json();
    }

    private static List<String> history(String orderId) {
        return get("/api/orders/" + orderId + "/history?minVersion=0&wait=20s")
                .json()
                .at("/events")
                .findValuesAsString("type");
    }

    /** Every order goes the whole way; the payment provider declines some. */
    private static void goesTheWholeWay(String orderId) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() ->
                        assertThat(order(orderId).at("/status").asString()).isIn("DELIVERED", "REJECTED"));
        String end = order(orderId).at("/status").asString().equals("DELIVERED") ? "OrderDelivered" : "OrderRejected";
        assertThat(history(orderId)).startsWith("OrderPlaced").contains(end);
    }

    private static Answer post(String path, String body) {
        return send("POST", path, body);
    }

    private static Answer get(String path) {
        return send("GET", path, "");
    }

    private static Answer send(String method, String path, String body) {
        try {
            HttpResponse<String> response = CLIENT.send(
                    HttpRequest.newBuilder(orderflow.origin().resolve(path))
                            .header("Content-Type", "application/json")
                            .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.ofString());
            return new Answer(response, JSON.readTree(response.body().isEmpty() ? "null" : response.body()));
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
