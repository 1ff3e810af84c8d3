package io.orderflow.proof.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sends requests, and gives up on those that are not answered in time. */
public final class Client {

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(2))
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private final Duration patience;

    /** @param patience after which a request counts as not answered */
    public Client(Duration patience) {
        this.patience = patience;
    }

    /** @param status 0 when there was no answer */
    public record Answer(int status, String body, boolean saysWhenToRetry) {

        static final Answer NONE = new Answer(0, "", false);

        /** What stands at a JSON pointer; empty when nothing does. */
        public String at(String pointer) {
            try {
                JsonNode found = JSON.readTree(body).at(pointer);
                return found.isMissingNode() ? "" : found.asString();
            } catch (JacksonException e) {
                return "";
            }
        }

        int size(String pointer) {
            return JSON.readTree(body).at(pointer).size();
        }

        /** Whether it may be tried again: not answered, or told to. */
        boolean isTransient() {
            return status == 0 || status == 429 || status == 503;
        }
    }

    /** @param body null for none */
    public Answer send(URI address, String method, String path, @Nullable String body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address.resolve(path))
                .timeout(patience)
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        headers.forEach(request::header);
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            return new Answer(
                    response.statusCode(),
                    response.body(),
                    response.headers().firstValue("Retry-After").isPresent());
        } catch (IOException e) {
            return Answer.NONE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Answer.NONE;
        }
    }
}
