package io.orderflow.quickstart;

import io.orderflow.command.recovery.RecoverStore;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;
import org.springframework.boot.logging.LoggingSystem;

/**
 * {@code orderflow up}: starts everything in this JVM and tells where to go. Ends, cleanly, with the process. The other
 * commands talk to one that is up.
 */
public final class Quickstart {

    private static final String HELP = """
            orderflow up [--data DIR] [--port N] [--until-ready]
                Starts PostgreSQL, Kafka and the three services in one process, and keeps everything in DIR (default:
                ./data). Open http://localhost:N (default: 8080). Ctrl-C stops it; the next start finds its data.
            orderflow rebuild NAME [--port N | --url URL]
                Has the running Orderflow rebuild the projection NAME (orders, products or statistics) from the events,
                beside the one that serves, and shows how far it is.
            orderflow republish [--port N | --url URL]
                Has the running Orderflow publish every event again, for when Kafka has lost its data, and shows how far
                it is. URL: of its one origin, or of a command-side.
            orderflow recover-store
                Brings back from Kafka what an event store lacks that was restored to an earlier moment. Where they are
                is told by ORDERFLOW_DB_URL, ORDERFLOW_DB_USER, ORDERFLOW_DB_PASSWORD and ORDERFLOW_KAFKA.
            orderflow help
                Says this.
            """;

    private Quickstart() {}

    public static void main(String[] arguments) {
        List<String> words = Arrays.asList(arguments);
        switch (words.isEmpty() ? "help" : words.getFirst()) {
            case "up" -> up(words.subList(1, words.size()));
            case "rebuild" -> tell(() -> RebuildCommand.run(words.subList(1, words.size()), System.out));
            case "recover-store" -> System.exit(RecoverStore.run(System.getenv(), System.out));
            case "republish" -> tell(() -> RepublishCommand.run(words.subList(1, words.size()), System.out));
            case "help", "--help", "-h" -> System.out.print(HELP);
            default -> fail("unknown command " + words.getFirst() + "; try: orderflow help");
        }
    }

    private static void up(List<String> arguments) {
        System.setProperty("axoniq.update-checker.disabled", "true"); // Axon looks nowhere else for it
        System.setProperty("java.awt.headless", "true");
        long started = System.nanoTime();
        try {
            UpOptions options = UpOptions.parse(arguments);
            logTo(options.data().resolve("orderflow.log"));
            Orderflow orderflow = Orderflow.notYetStarted(line -> System.out.println("  " + line));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(orderflow), "stop"));
            orderflow.start(options);
            if (orderflow.isUp()) { // else it was stopped while it waited for its read tables
                welcome(System.out, orderflow, started);
            }
            if (options.untilReady()) {
                System.exit(0);
            }
        } catch (CannotStart e) {
            fail(String.valueOf(e.getMessage()));
        } catch (RuntimeException | Error e) {
            LoggerFactory.getLogger(Quickstart.class).error("Not started", e);
            fail("not started: " + e + "; the whole reason stands in " + System.getProperty("orderflow.log"));
        }
    }

    private static void tell(Runnable command) {
        try {
            command.run();
        } catch (CannotStart e) {
            fail(String.valueOf(e.getMessage()));
        }
    }

    /** By logback.xml alone: three services that start side by side would each reset what Spring has set up. */
    private static void logTo(Path file) {
        System.setProperty("orderflow.log", file.toString());
        System.setProperty(LoggingSystem.SYSTEM_PROPERTY, LoggingSystem.NONE);
        SLF4JBridgeHandler.removeHandlersForRootLogger(); // Tomcat's way of logging
        SLF4JBridgeHandler.install();
    }

    private static void welcome(PrintStream out, Orderflow orderflow, long started) {
        out.printf("""

                  Orderflow is ready after %.1f s: %s

                  Place an order (all on one line works too):
                    curl -i %s/api/orders -H 'Content-Type: application/json' \\
                      -d '{"customerId":"ada","email":"ada@example.org","lines":[{"sku":"teapot","quantity":2}]}'
                  and follow the Location of the answer. Ctrl-C stops everything; nothing is lost.

                """, (System.nanoTime() - started) / 1e9, orderflow.origin(), orderflow.origin());
        out.flush();
    }

    private static void stop(Orderflow orderflow) {
        if (orderflow.isUp()) {
            System.out.println("  Stopping ...");
            orderflow.close();
            System.out.println("  Stopped. Everything is kept.");
        }
    }

    private static void fail(String line) {
        System.err.println("orderflow: " + line.replaceAll("\\s+", " "));
        System.exit(1);
    }
}
