package io.orderflow.bench.history;

import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code orderflow history}. */
@Command(
        name = "history",
        description =
                "Writes whole lives of orders straight into the event store at ORDERFLOW_DB_URL (schema command), in"
                        + " the form in which the command side stores them; its relay, the query side and the saga read them from"
                        + " there as they read any others.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class WriteHistory implements Callable<Integer> {

    @Option(names = "--events", description = "to write; an order has 5.4 of them", defaultValue = "100000")
    private long events;

    @Option(names = "--days", description = "over which they are spread, up to now", defaultValue = "180")
    private int days;

    @Option(names = "--seed", description = "the same one writes the same orders (default: a new one)")
    private @Nullable Long seed;

    @Option(
            names = "--db-url",
            defaultValue = "${env:ORDERFLOW_DB_URL:-jdbc:postgresql://localhost:5432/orderflow}",
            description = "JDBC URL")
    private String url = "";

    @Option(names = "--db-user", defaultValue = "${env:ORDERFLOW_DB_USER:-orderflow}", description = "who connects")
    private String user = "";

    @Override
    public Integer call() throws Exception {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        String password = System.getenv("ORDERFLOW_DB_PASSWORD");
        properties.setProperty("password", password == null ? "" : password);
        long chosen = seed == null ? ThreadLocalRandom.current().nextLong() : seed;
        try (Connection connection = DriverManager.getConnection(url, properties)) {
            new History(events, Duration.ofDays(days), chosen)
                    .write(connection, events, written -> System.out.printf("  %,d events%n", written));
        }
        return 0;
    }
}
