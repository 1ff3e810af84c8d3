package io.orderflow.quickstart;

import java.io.PrintStream;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * {@code orderflow republish}: has a running Orderflow publish every event again, and shows how far it is. Interrupting
 * this does not interrupt the relay.
 */
final class RepublishCommand {

    private static final String RELAY = "/api/admin/relay";

    private final RunningAt orderflow;
    private final PrintStream out;
    private final long began = System.nanoTime();

    private RepublishCommand(RunningAt orderflow, PrintStream out) {
        this.orderflow = orderflow;
        this.out = out;
    }

    /** @throws CannotStart when nothing answers */
    static void run(List<String> arguments, PrintStream out) {
        new RepublishCommand(RunningAt.parse(arguments), out).follow();
    }

    private void follow() {
        JsonNode progress = orderflow.post(RELAY + "/republish");
        while (!progress.path("state").asString().equals("PUBLISHED")) {
            out.print("\r" + line(progress, (System.nanoTime() - began) / 1e9));
            out.flush();
            ProgressBar.pause();
            requireNotHeld(progress);
            progress = orderflow.get(RELAY);
        }
        out.println("\r" + line(progress, (System.nanoTime() - began) / 1e9));
    }

    private static void requireNotHeld(JsonNode progress) {
        if (progress.has("held")) {
            throw new CannotStart("the event store is held: "
                    + progress.path("held").asString() + "; see docs/runbooks/store-restored.md");
        }
    }

    /** @param seconds since the relay has begun at the first event */
    static String line(JsonNode progress, double seconds) {
        long position = progress.path("position").asLong();
        long rate = seconds < 1 ? 0 : (long) (position / seconds);
        long lag = progress.path("lag").asLong();
        return ProgressBar.line(
                "events",
                position,
                progress.path("head").asLong(),
                rate,
                rate == 0 || lag == 0 ? "" : lag / rate + " s left",
                progress.path("state").asString());
    }
}
