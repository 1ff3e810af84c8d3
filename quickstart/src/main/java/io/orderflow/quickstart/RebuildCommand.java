package io.orderflow.quickstart;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code orderflow rebuild NAME}: has a running Orderflow rebuild a projection, and shows how far it is. Interrupting this
 * does not interrupt the rebuild; the same command shows it again.
 */
final class RebuildCommand {

    private static final Duration LOOK = Duration.ofMillis(500);
    private static final int WIDTH = 40;

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final JsonMapper json = new JsonMapper();
    private final URI rebuild;
    private final PrintStream out;

    private RebuildCommand(String name, int port, PrintStream out) {
        this.rebuild = URI.create("http://localhost:" + port + "/api/admin/projections/"
                + URLEncoder.encode(name, StandardCharsets.UTF_8) + "/rebuild");
        this.out = out;
    }

    /** @throws CannotStart when there is nothing to rebuild, or it failed */
    static void run(List<String> arguments, PrintStream out) {
        if (arguments.isEmpty() || arguments.getFirst().startsWith("--")) {
            throw new CannotStart("rebuild needs the name of a projection: orders, products or statistics");
        }
        UpOptions options = UpOptions.parse(arguments.subList(1, arguments.size()));
        new RebuildCommand(arguments.getFirst(), options.port(), out).follow();
    }

    private void follow() {
        JsonNode progress = ask(HttpRequest.newBuilder(rebuild).POST(HttpRequest.BodyPublishers.noBody()));
        while (isUnderWay(progress)) {
            out.print("\r" + line(progress));
            out.flush();
            pause();
            progress = ask(HttpRequest.newBuilder(rebuild));
        }
        out.println("\r" + line(progress));
        if (!progress.path("state").asString().equals("SERVING")) {
            throw new CannotStart("the rebuild is " + progress.path("state").asString() + ". "
                    + progress.path("failure").asString(""));
        }
    }

    private static boolean isUnderWay(JsonNode progress) {
        return List.of("BUILDING", "CATCHING_UP", "PAUSED")
                .contains(progress.path("state").asString());
    }

    /** What stands in the terminal's line: {@code orders 2  [#####     ]  51%  40,000/s  12 s left  BUILDING}. */
    static String line(JsonNode progress) {
        long done = progress.path("done").asLong();
        long total = Math.max(done, progress.path("total").asLong(done));
        int share = total == 0 ? 100 : (int) (100 * done / total);
        int filled = WIDTH * share / 100;
        String left = progress.has("secondsLeft") ? progress.path("secondsLeft").asLong() + " s left" : "";
        return "  %s %d  [%s%s] %3d%%  %,d of %,d  %,d/s  %s  %s      "
                .formatted(
                        progress.path("projection").asString(),
                        progress.path("generation").asInt(),
                        "#".repeat(filled),
                        " ".repeat(WIDTH - filled),
                        share,
                        done,
                        total,
                        progress.path("rate").asLong(),
                        left,
                        progress.path("state").asString());
    }

    private JsonNode ask(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            JsonNode body = json.readTree(answer.body());
            if (answer.statusCode() >= 400) {
                throw new CannotStart(body.path("detail").asString("answered with " + answer.statusCode()));
            }
            return body;
        } catch (IOException e) {
            throw new CannotStart("nothing answers at " + rebuild + "; is it up? try: orderflow up");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotStart("interrupted; the rebuild goes on");
        }
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
