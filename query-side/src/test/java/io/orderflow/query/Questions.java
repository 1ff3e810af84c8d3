package io.orderflow.query;

import static org.awaitility.Awaitility.await;

import io.orderflow.query.projection.ReadModel;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks the running service over HTTP. */
@TestComponent
final class Questions {

    private final HttpClient client = HttpClient.newHttpClient();
    private final JsonMapper mapper = new JsonMapper();
    private final Environment environment;

    Questions(Environment environment) {
        this.environment = environment;
    }

    /** Tests begin when all read tables serve: those of a new database first take in what earlier tests have published. */
    @EventListener(ApplicationReadyEvent.class)
    void awaitServing() {
        await().atMost(Duration.ofMinutes(1))
                .until(() -> get("/api/admin/projections").json().findValuesAsString("state").stream()
                                .filter("SERVING"::equals)
                                .count()
                        == ReadModel.values().length);
    }

    /** An answer; {@code at} reads a value of its JSON by pointer. */
    record Answer(HttpResponse<String> response, JsonNode json) {

        int status() {
            return response.statusCode();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        String at(String pointer) {
            return json.at(pointer).asString();
        }
    }

    Answer get(String path) {
        HttpResponse<String> response = text(path);
        return new Answer(response, mapper.readTree(response.body()));
    }

    HttpResponse<String> text(String path) {
        try {
            return client.send(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    URI uri(String path) {
        return URI.create("http://localhost:" + environment.getRequiredProperty("local.server.port") + path);
    }
}
