package io.orderflow.query;

import io.orderflow.servers.TestServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A node of the service as a process of its own, which can be killed. */
final class QuerySideProcess implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = new JsonMapper();

    private final Process process;
    private final URI origin;

    private QuerySideProcess(Process process, int port) {
        this.process = process;
        this.origin = URI.create("http://127.0.0.1:" + port);
    }

    static QuerySideProcess start(String database, String brokers) {
        int port = freePort();
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                QuerySideApplication.class.getName(),
                "--logging.level.root=WARN");
        builder.environment()
                .putAll(Map.of(
                        "SERVER_ADDRESS",
                        "127.0.0.1",
                        "SERVER_PORT",
                        Integer.toString(port),
                        "ORDERFLOW_DB_URL",
                        database,
                        "ORDERFLOW_DB_USER",
                        TestServers.databaseUser(),
                        "ORDERFLOW_DB_PASSWORD",
                        TestServers.databasePassword(),
                        "ORDERFLOW_KAFKA",
                        brokers));
        try {
            return new QuerySideProcess(builder.inheritIO().start(), port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether all its read tables serve. */
    boolean isServing() {
        try {
            List<String> states = get("/api/admin/projections").findValuesAsString("state");
            return states.size() >= 3 && states.stream().allMatch("SERVING"::equals);
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof ConnectException && process.isAlive()) {
                return false;
            }
            throw e;
        }
    }

    URI uri(String path) {
        return origin.resolve(path);
    }

    JsonNode get(String path) {
        return JSON.readTree(text(path));
    }

    String text(String path) {
        return send("GET", path);
    }

    String send(String method, String path) {
        HttpRequest request = HttpRequest.newBuilder(uri(path))
                .method(method, BodyPublishers.noBody())
                .build();
        try {
            return HTTP.send(request, BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** kill -9 */
    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
