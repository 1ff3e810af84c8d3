package io.orderflow.quickstart.frontdoor;

import io.orderflow.quickstart.Service;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** Calls the services' API. */
public final class ServiceClient {

    private static final Duration LIMIT = Duration.ofSeconds(40);

    private final ServiceAddresses addresses;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    ServiceClient(ServiceAddresses addresses) {
        this.addresses = addresses;
    }

    /** Sends a command. */
    public HttpResponse<String> post(String path, String json) {
        return send(HttpRequest.newBuilder(uri(Service.COMMAND, path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json)));
    }

    /** Asks the query side. */
    public HttpResponse<String> get(String path) {
        return get(Service.QUERY, path);
    }

    HttpResponse<String> get(Service service, String path) {
        return send(HttpRequest.newBuilder(uri(service, path)));
    }

    private URI uri(Service service, String path) {
        return addresses.of(service).resolve(path);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.timeout(LIMIT).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new ResponseStatusException(
                    HttpStatus.SERVICE_UNAVAILABLE, "a service does not answer; try again", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE, "stopping", e);
        }
    }
}
