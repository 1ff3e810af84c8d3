package io.orderflow.quickstart;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Whether questions are answered: at first read tables are filled from the events, and so they are after they were lost. */
final class ReadTables {

    private static final int TELL_EVERY = 8;

    private final RunningAt orderflow;

    ReadTables(RunningAt orderflow) {
        this.orderflow = orderflow;
    }

    /** Returns when all projections have tables that serve, or it is not to go on. */
    void await(Consumer<String> tell, BooleanSupplier goOn) {
        String missing = missing();
        for (int looks = 1; !missing.isEmpty() && goOn.getAsBoolean(); looks++) {
            if (looks % TELL_EVERY == 0) {
                tell.accept("Read tables   " + missing);
            }
            ProgressBar.pause();
            missing = missing();
        }
    }

    private String missing() {
        try {
            return missing(orderflow.get("/api/admin/projections"));
        } catch (CannotStart e) {
            return String.valueOf(e.getMessage()); // all connections are in use, say: it is asked again
        }
    }

    /** What is to be done until all serve; empty when they do. */
    static String missing(JsonNode generations) {
        Map<String, JsonNode> newest = new TreeMap<>();
        Set<String> serving = new HashSet<>();
        for (JsonNode generation : generations) {
            String projection = generation.path("projection").asString();
            newest.put(projection, generation);
            if (generation.path("state").asString().equals("SERVING")) {
                serving.add(projection);
            }
        }
        newest.keySet().removeAll(serving);
        return newest.values().stream().map(ReadTables::line).collect(Collectors.joining(", "));
    }

    private static String line(JsonNode generation) {
        return "%s: %,d of %,d events"
                .formatted(
                        generation.path("projection").asString(),
                        generation.path("done").asLong(),
                        generation.path("total").asLong());
    }
}
