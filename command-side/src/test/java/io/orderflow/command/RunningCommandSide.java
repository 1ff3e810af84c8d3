package io.orderflow.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.servers.KafkaServer;
import io.orderflow.servers.TestServers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Collection;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The whole service over HTTP, with a Kafka of its own: the commands that other tests send are not for this database.
 */
public final class RunningCommandSide implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final KafkaServer kafka = KafkaServer.start(TestServers.temporaryFolder());
    private final HttpClient client = HttpClient.newHttpClient();
    private final ConfigurableApplicationContext context;
    private final String origin;

    private RunningCommandSide(String database, String... properties) {
        Stream<String> arguments = Stream.of(
                "--server.port=0",
                "--spring.datasource.url=" + database + "?currentSchema=command",
                "--spring.datasource.username=" + TestServers.databaseUser(),
                "--spring.datasource.password=" + TestServers.databasePassword(),
                "--orderflow.kafka.bootstrap-servers=" + kafka.bootstrapServers());
        context = new SpringApplicationBuilder(CommandSideApplication.class)
                .properties("spring.config.name=command-side")
                .run(Stream.concat(arguments, Stream.of(properties).map(property -> "--" + property))
                        .toArray(String[]::new));
        origin = "http://localhost:" + context.getEnvironment().getRequiredProperty("local.server.port");
    }

    /** Starts on a new database. */
    public static RunningCommandSide start() {
        return on(TestServers.newDatabase());
    }

    /** @param properties as in {@code orderflow.store.limit=2s} */
    public static RunningCommandSide on(String database, String... properties) {
        return new RunningCommandSide(database, properties);
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public <T> Collection<T> beans(Class<T> type) {
        return context.getBeansOfType(type).values();
    }

    public int port() {
        return URI.create(origin).getPort();
    }

    public KafkaServer kafka() {
        return kafka;
    }

    /** Sends {@code body} as JSON. */
    public HttpResponse<String> send(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        return exchange(method, path, body, concat(headers, "Content-Type", "application/json"));
    }

    /** Posts {@code body} as {@code contentType}. */
    public HttpResponse<String> post(String contentType, String path, String body, String... headers)
            throws IOException, InterruptedException {
        return exchange("POST", path, body, concat(headers, "Content-Type", contentType));
    }

    private HttpResponse<String> exchange(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(origin + path))
                .method(method, BodyPublishers.ofString(body))
                .headers(headers)
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private static String[] concat(String[] headers, String... more) {
        return Stream.concat(Stream.of(headers), Stream.of(more)).toArray(String[]::new);
    }

    public static JsonNode json(HttpResponse<String> response) {
        return JSON.readTree(response.body());
    }

    /** An order of one line at the catalogue's price. */
    public static String order(String sku, int quantity) {
        return "{\"customerId\":\"customer-1\",\"email\":\"ann@example.org\",\"lines\":[{\"sku\":\"%s\",\"quantity\":%d}]}"
                .formatted(sku, quantity);
    }

    /** Asserts that a request was refused with a problem detail that says what to do. */
    public static void assertProblem(HttpResponse<String> response, int status, String name) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(json(response).get("type").asString()).isEqualTo("urn:orderflow:problem:" + name);
        assertThat(json(response).get("detail").asString()).isNotBlank();
    }

    @Override
    public void close() {
        client.close();
        context.close();
        kafka.close();
    }
}
