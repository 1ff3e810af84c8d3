package io.orderflow.bench.bed;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the processes are given.
 *
 * @param service what the Java virtual machine of each service is told
 * @param kafka what Kafka's is told
 * @param postgres settings of the server that are not its defaults
 * @param given servers that run already, and get nothing; null for processes of our own
 */
public record Machines(
        List<String> service,
        List<String> kafka,
        Map<String, String> postgres,
        @Nullable Given given) {

    /** PostgreSQL as docker-compose.yml has it; the services with the heap that the budgets name. */
    public static final Machines USUAL = new Machines(
            List.of("-XX:+UseParallelGC", "-Xmx512m", "-Xmn256m"),
            List.of("-XX:+UseParallelGC", "-Xmx512m"),
            Map.of("shared_buffers", "1GB", "max_wal_size", "4GB"),
            null);

    public Machines withService(List<String> other) {
        return new Machines(other, kafka, postgres, given);
    }

    /** @param more settings, or others than ours */
    public Machines withPostgres(Map<String, String> more) {
        Map<String, String> settings = new TreeMap<>(postgres);
        settings.putAll(more);
        return new Machines(service, kafka, settings, given);
    }

    /** @param servers instead of our own; null for our own */
    public Machines on(@Nullable Given servers) {
        return new Machines(service, kafka, postgres, servers);
    }
}
