package io.orderflow.quickstart;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Many clients who place orders at the same time, and remember which were accepted. */
final class Shoppers {

    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> SKUS = List.of("teapot", "teacup", "kettle", "darjeeling", "samovar");

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final URI origin;
    private final Set<UUID> accepted = ConcurrentHashMap.newKeySet();
    private final AtomicInteger placed = new AtomicInteger();
    private volatile boolean gone;

    Shoppers(URI origin) {
        this.origin = origin;
    }

    /** Places {@code orders} orders from {@code clients} clients; those that get no answer are not repeated. */
    void place(int orders, int clients) {
        AtomicInteger next = new AtomicInteger();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < clients; i++) {
                threads.execute(() -> {
                    for (int number = next.getAndIncrement();
                            number < orders && !gone;
                            number = next.getAndIncrement()) {
                        place(number);
                    }
                });
            }
        }
    }

    private void place(int number) {
        String body = """
                {"customerId":"customer-%d","email":"customer-%d@example.org",
                 "lines":[{"sku":"%s","quantity":%d},{"sku":"%s","quantity":1}]}""".formatted(
                        number % 100,
                        number % 100,
                        SKUS.get(number % 4),
                        1 + number % 3,
                        // a few want what there is hardly any of
                        SKUS.get(number % 50 == 0 ? 4 : (number + 1) % 4));
        try {
            HttpResponse<String> answer = send("POST", "/api/orders", body);
            if (answer.statusCode() == 201) {
                accepted.add(UUID.fromString(
                        JSON.readTree(answer.body()).at("/orderId").asString()));
            }
            placed.incrementAndGet();
        } catch (IOException e) {
            gone = true; // the server was killed
        }
    }

    /** A request, answered or not. */
    HttpResponse<String> send(String method, String path, String body) throws IOException {
        try {
            return client.send(
                    HttpRequest.newBuilder(origin.resolve(path))
                            .timeout(Duration.ofSeconds(30))
                            .header("Content-Type", "application/json")
                            .method(method, BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    JsonNode get(String path) throws IOException {
        return JSON.readTree(send("GET", path, "").body());
    }

    /** Orders that were answered 201. */
    Set<UUID> accepted() {
        return accepted;
    }

    /** How many requests were answered so far. */
    int answered() {
        return placed.get();
    }
}
