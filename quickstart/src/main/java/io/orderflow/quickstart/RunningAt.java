package io.orderflow.quickstart;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An Orderflow that runs somewhere, as an operator's command talks to it. */
final class RunningAt {

    private static final String HERE = "http://localhost:8080";

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final JsonMapper json = new JsonMapper();
    private final URI origin;

    private RunningAt(URI origin) {
        this.origin = origin;
    }

    static RunningAt at(URI origin) {
        return new RunningAt(origin);
    }

    /**
     * From {@code --port N}, on this machine, or {@code --url URL}; otherwise where {@code up} runs by default.
     *
     * @throws CannotStart when an option is unknown or has no sensible value
     */
    static RunningAt parse(List<String> arguments) {
        URI origin = URI.create(HERE);
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            String option = rest.next();
            if (!option.equals("--port") && !option.equals("--url")) {
                throw new CannotStart("unknown option " + option + "; try: orderflow help");
            }
            String value = rest.hasNext() ? rest.next() : "";
            boolean isPort = option.equals("--port");
            if (isPort && !value.matches("[0-9]{1,5}")) {
                throw leadsNowhere(option + " " + value);
            }
            origin = address(isPort ? "http://localhost:" + value : value, option + " " + value);
        }
        return new RunningAt(origin);
    }

    private static URI address(String text, String said) {
        try {
            URI address = URI.create(text);
            if (address.getHost() != null && List.of("http", "https").contains(address.getScheme())) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            // told below
        }
        throw leadsNowhere(said);
    }

    private static CannotStart leadsNowhere(String said) {
        return new CannotStart(said + " leads nowhere: use --port 8080 or --url http://host:8080");
    }

    URI origin() {
        return origin;
    }

    JsonNode get(String path) {
        return ask(path, HttpRequest.newBuilder());
    }

    JsonNode post(String path) {
        return ask(path, HttpRequest.newBuilder().POST(BodyPublishers.noBody()));
    }

    private JsonNode ask(String path, HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer =
                    client.send(request.uri(origin.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
            JsonNode body = json.readTree(answer.body());
            if (answer.statusCode() >= 400) {
                throw new CannotStart(body.path("detail").asString("answered with " + answer.statusCode()));
            }
            return body;
        } catch (JacksonException e) {
            throw new CannotStart(origin + " is no Orderflow: it does not answer with JSON");
        } catch (IOException e) {
            throw new CannotStart("nothing answers at " + origin + "; is it up? try: orderflow up");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotStart("interrupted; what was begun goes on");
        }
    }
}
