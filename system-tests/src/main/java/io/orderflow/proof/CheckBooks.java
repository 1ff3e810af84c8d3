package io.orderflow.proof;

import io.orderflow.proof.books.Books;
import io.orderflow.proof.books.Check;
import io.orderflow.proof.books.Reconciler;
import io.orderflow.proof.books.Sources;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "check",
        description = {
            "Compares all books of a running system, changing nothing: the event store, the topics, the read tables, the"
                    + " fulfilments and the ledgers of simulated providers.",
            "Where they are is told by ORDERFLOW_DB_URL, ORDERFLOW_DB_USER, ORDERFLOW_DB_PASSWORD and ORDERFLOW_KAFKA, as"
                    + " for the services; ORDERFLOW_COMMAND_DB_URL, ORDERFLOW_SAGA_DB_URL and ORDERFLOW_QUERY_DB_URL when"
                    + " the services have databases of their own.",
            "Orders under way are counted, and held to what is true at every moment: no second charge, no capture and"
                    + " void of the same amount, rows and timelines that are a true earlier state. That all is taken, given"
                    + " back, sold, released and told is required once an order is over, its fulfilment finished and nothing"
                    + " left to do for it. Parked orders are counted.",
            "Exit code 0 when all books agree, 1 when they do not, 2 when they cannot be read."
        },
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class CheckBooks implements Callable<Integer> {

    @Option(
            names = "--patience",
            description = "seconds in which what is stored when this begins must have reached all books",
            defaultValue = "60")
    private int patience;

    @Override
    public Integer call() {
        Sources sources = sources(System.getenv());
        try {
            return report(new Reconciler(
                            sources, false, Duration.ofSeconds(patience), line -> System.out.println("  " + line))
                    .reconcile()
                    .books());
        } catch (SQLException e) {
            return unreadable("PostgreSQL", String.join(", ", sources.databases()), "ORDERFLOW_DB_URL", e);
        } catch (KafkaException e) {
            return unreadable("Kafka", sources.brokers(), "ORDERFLOW_KAFKA", e);
        }
    }

    private static int unreadable(String what, String where, String setting, Exception cause) {
        System.err.printf(
                "  %s at %s cannot be read: %s%n  Where it is is told by %s.%n",
                what, where, cause.getMessage(), setting);
        return 2;
    }

    private static int report(Books books) {
        for (Check check : books.checks()) {
            System.out.println("  " + check);
        }
        books.notes().forEach((what, count) -> System.out.println("  note  %-26s %,10d".formatted(what, count)));
        System.out.println(books.agree() ? "  All books agree." : "  THE BOOKS DO NOT AGREE.");
        return books.agree() ? 0 : 1;
    }

    private static Sources sources(Map<String, String> environment) {
        String url = environment.getOrDefault("ORDERFLOW_DB_URL", "jdbc:postgresql://localhost:5432/orderflow");
        UnaryOperator<String> of = service -> environment.getOrDefault("ORDERFLOW_" + service + "_DB_URL", url);
        return new Sources(
                of.apply("COMMAND"),
                of.apply("SAGA"),
                of.apply("QUERY"),
                environment.getOrDefault("ORDERFLOW_DB_USER", "orderflow"),
                environment.getOrDefault("ORDERFLOW_DB_PASSWORD", ""),
                environment.getOrDefault("ORDERFLOW_KAFKA", "localhost:9092"));
    }
}
