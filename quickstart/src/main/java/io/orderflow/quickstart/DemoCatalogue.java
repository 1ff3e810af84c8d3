package io.orderflow.quickstart;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

/** Products to try orders with, put in through the API like anybody's. Loading them twice changes nothing. */
final class DemoCatalogue {

    private record DemoProduct(String sku, String name, String price, int pieces) {}

    private static final List<DemoProduct> PRODUCTS = List.of(
            new DemoProduct("teapot", "Teapot, 1.2 liters", "29.99", 100_000),
            new DemoProduct("teacup", "Teacup with saucer", "8.50", 100_000),
            new DemoProduct("kettle", "Kettle, stainless steel", "49.00", 10_000),
            new DemoProduct("darjeeling", "Darjeeling first flush, 100 g", "12.75", 10_000),
            new DemoProduct("samovar", "Samovar, the last three", "389.00", 3));

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI origin;

    DemoCatalogue(URI origin) {
        this.origin = origin;
    }

    void load() {
        for (DemoProduct product : PRODUCTS) {
            send(
                    "PUT",
                    "/api/products/" + product.sku(),
                    "{\"name\":\"%s\",\"price\":\"%s\"}".formatted(product.name(), product.price()));
            send(
                    "POST",
                    "/api/products/" + product.sku() + "/stock",
                    "{\"change\":%d,\"reason\":\"demo\"}".formatted(product.pieces()));
        }
    }

    private void send(String method, String path, String body) {
        try {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(origin.resolve(path))
                            .header("Content-Type", "application/json")
                            .header("Idempotency-Key", "demo-catalogue " + path)
                            .method(method, HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new IllegalStateException(
                        method + " " + path + " answered " + answer.statusCode() + ": " + answer.body());
            }
        } catch (IOException e) {
            throw new IllegalStateException(method + " " + path + " was not answered", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
