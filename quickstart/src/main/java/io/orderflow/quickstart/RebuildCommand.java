package io.orderflow.quickstart;

import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * {@code orderflow rebuild NAME}: has a running Orderflow rebuild a projection, and shows how far it is. Interrupting this
 * does not interrupt the rebuild; the same command shows it again.
 */
final class RebuildCommand {

    private final RunningAt orderflow;
    private final String rebuild;
    private final PrintStream out;

    private RebuildCommand(String name, RunningAt orderflow, PrintStream out) {
        this.orderflow = orderflow;
        this.rebuild = "/api/admin/projections/" + URLEncoder.encode(name, StandardCharsets.UTF_8) + "/rebuild";
        this.out = out;
    }

    /** @throws CannotStart when there is nothing to rebuild, or it failed */
    static void run(List<String> arguments, PrintStream out) {
        if (arguments.isEmpty() || arguments.getFirst().startsWith("--")) {
            throw new CannotStart("rebuild needs the name of a projection: orders, products or statistics");
        }
        RunningAt orderflow = RunningAt.parse(arguments.subList(1, arguments.size()));
        new RebuildCommand(arguments.getFirst(), orderflow, out).follow();
    }

    private void follow() {
        JsonNode progress = orderflow.post(rebuild);
        while (isUnderWay(progress)) {
            out.print("\r" + line(progress));
            out.flush();
            ProgressBar.pause();
            progress = orderflow.get(rebuild);
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

    static String line(JsonNode progress) {
        long done = progress.path("done").asLong();
        return ProgressBar.line(
                progress.path("projection").asString() + " "
                        + progress.path("generation").asInt(),
                done,
                progress.path("total").asLong(done),
                progress.path("rate").asLong(),
                progress.has("secondsLeft") ? progress.path("secondsLeft").asLong() + " s left" : "",
                progress.path("state").asString());
    }
}
