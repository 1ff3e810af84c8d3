package io.orderflow.bench.bed;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Servers that stand there already, and are measured instead of ones of our own. They are emptied before each stage: the
 * database must be there for this alone, and says so by its name; of Kafka, the topics of ours are deleted.
 *
 * @param database its JDBC URL
 * @param kafka host:port, comma-separated
 */
public record Given(String database, String user, String password, String kafka) {

    private static final String DATABASE = "ORDERFLOW_BENCH_DB_URL";
    private static final String USER = "ORDERFLOW_BENCH_DB_USER";
    private static final String PASSWORD = "ORDERFLOW_BENCH_DB_PASSWORD";
    private static final String KAFKA = "ORDERFLOW_BENCH_KAFKA";

    public Given {
        if (!database.matches("jdbc:postgresql://[^/]+/\\w*bench\\w*")) {
            throw new IllegalArgumentException(
                    DATABASE + " must be a URL such as jdbc:postgresql://host:5432/orderflow_bench:"
                            + " everything in that database is dropped, so its name must say that it is for benchmarks");
        }
    }

    /**
     * Those that the environment names; null when it names none.
     *
     * @throws IllegalArgumentException when it names only one of the two
     */
    public static @Nullable Given in(Map<String, String> environment) {
        String database = environment.getOrDefault(DATABASE, "");
        String kafka = environment.getOrDefault(KAFKA, "");
        if (database.isEmpty() && kafka.isEmpty()) {
            return null;
        }
        if (database.isEmpty() || kafka.isEmpty()) {
            throw new IllegalArgumentException(
                    "set both " + DATABASE + " and " + KAFKA + ", or neither: servers are given together");
        }
        return new Given(
                database, environment.getOrDefault(USER, "postgres"), environment.getOrDefault(PASSWORD, ""), kafka);
    }
}
