package io.orderflow.bench.bed;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the processes are given.
 *
 * @param service what the Java virtual machine of each service is told
 * @param kafka what Kafka's is told
 * @param postgres settings of the server that are not its defaults
 */
public record Machines(List<String> service, List<String> kafka, Map<String, String> postgres) {

    /** As docker-compose.yml has it. */
    public static final Machines USUAL = new Machines(
            List.of("-XX:+UseParallelGC", "-Xmx512m"),
            List.of("-XX:+UseParallelGC", "-Xmx512m"),
            Map.of("shared_buffers", "1GB", "max_wal_size", "8GB", "checkpoint_timeout", "15min"));

    /** The same, but for these. */
    public Machines with(List<String> otherService, Map<String, String> otherPostgres) {
        Map<String, String> settings = new TreeMap<>(postgres);
        settings.putAll(otherPostgres);
        return new Machines(otherService, kafka, settings);
    }
}
