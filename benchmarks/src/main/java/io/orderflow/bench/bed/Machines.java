package io.orderflow.bench.bed;

import java.util.List;
import java.util.Map;

/**
 * What the processes are given.
 *
 * @param service what the Java virtual machine of each service is told
 * @param kafka what Kafka's is told
 * @param postgres settings of the server that are not its defaults
 */
public record Machines(List<String> service, List<String> kafka, Map<String, String> postgres) {

    /** As {@code orderflow up} and the images have it. */
    public static final Machines USUAL = new Machines(
            List.of("-XX:+UseParallelGC", "-Xmx512m"), List.of("-XX:+UseParallelGC", "-Xmx512m"), Map.of());
}
