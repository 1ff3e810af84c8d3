package io.orderflow.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.servers.TestServers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * The way of orders through everything, as people run it: from the built jar, in a folder of its own. The README's first
 * screen is walked through by {@code .ci/first-screen}.
 */
class JourneyIT {

    private static final int CLIENTS = 16;
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    /** The short form of the proof; {@code -Dorderflow.journey.orders=...} for a longer one. */
    private static final int ORDERS = Integer.getInteger("orderflow.journey.orders", 2000);

    private final Path data = TestServers.temporaryFolder();

    @Test
    void every_accepted_order_comes_to_its_end_and_all_books_agree() throws Exception {
        try (RunningOrderflow orderflow = RunningOrderflow.up(data, 0)) {
            Shoppers shoppers = new Shoppers(orderflow.origin());
            shoppers.place(ORDERS, CLIENTS);
            assertThat(shoppers.accepted()).hasSize(ORDERS);
            Books books = new Books(orderflow.database(), orderflow.broker());
            books.awaitQuiet(PATIENCE);
            books.check(shoppers.accepted());
        }
    }

    @Test
    void after_a_kill_in_the_middle_everything_that_was_accepted_comes_to_its_end() throws Exception {
        Shoppers shoppers;
        try (RunningOrderflow orderflow = RunningOrderflow.up(data, 0);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            shoppers = new Shoppers(orderflow.origin());
            Shoppers placing = shoppers;
            Future<?> shopping = threads.submit(() -> placing.place(ORDERS / 2, CLIENTS));
            await().atMost(PATIENCE).until(() -> placing.answered() > ORDERS / 6);
            orderflow.kill();
            shopping.get();
        }
        assertThat(shoppers.accepted().size()).isBetween(ORDERS / 8, ORDERS / 2 - 1);
        try (RunningOrderflow again = RunningOrderflow.up(data, 0)) {
            again.origin();
            Books books = new Books(again.database(), again.broker());
            books.awaitQuiet(PATIENCE);
            books.check(shoppers.accepted());
        }
        assertThat(postgresOf(data)).as("PostgreSQL servers left behind").isZero();
    }

    private static long postgresOf(Path data) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .commandLine()
                        .orElse("")
                        .contains(data.resolve("postgres").toString()))
                .count();
    }
}
