package io.orderflow.bench.stage;

import io.orderflow.bench.bed.Testbed;
import io.orderflow.bench.http.HttpLoad;
import io.orderflow.bench.http.Load;
import io.orderflow.bench.measure.Meter.Done;
import io.orderflow.bench.order.SingleOrders;
import io.orderflow.bench.question.Mixed;
import io.orderflow.bench.question.Question;
import io.orderflow.proof.system.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/** People who place orders and people who ask for them, so many a second whatever else goes on. */
final class LiveLoad implements AutoCloseable {

    private static final double ORDERS_A_SECOND = 50;
    private static final double QUESTIONS_A_SECOND = 100;
    private static final int CONNECTIONS = 16;
    private static final Duration SLICE = Duration.ofSeconds(1);
    private static final long SLOW_MICROS = 500_000;
    private static final int SLICES_TOLD_TOGETHER = 30;

    private final HttpLoad orders;
    private final HttpLoad questions;
    private final ExecutorService placing = Executors.newSingleThreadExecutor();
    private final Consumer<String> tell;
    private final Histogram recent = new Histogram(3);
    private int slices;
    private long failed;

    /** @param tell how it goes, and what was slow or failed, as it happens */
    LiveLoad(Testbed testbed, Consumer<String> tell) {
        this.tell = tell;
        this.orders = new HttpLoad(testbed.address(Service.COMMAND_SIDE), CONNECTIONS, new SingleOrders(1));
        this.questions =
                new HttpLoad(testbed.address(Service.QUERY_SIDE), CONNECTIONS, new Mixed(Question.all(Instant.now())));
    }

    /** Goes on while there is something to wait for; what was done are the questions. */
    Done during(BooleanSupplier waiting) throws Exception {
        Histogram latencies = new Histogram(3);
        long answered = 0;
        long began = System.nanoTime();
        while (waiting.getAsBoolean()) {
            Future<Load> placed = placing.submit(() -> orders.open(ORDERS_A_SECOND, SLICE));
            Load asked = questions.open(QUESTIONS_A_SECOND, SLICE);
            look("questions", asked);
            look("orders", placed.get());
            latencies.add(asked.latencies());
            tellProgress(asked);
            answered += asked.accepted();
        }
        return new Done(answered, Duration.ofNanos(System.nanoTime() - began), latencies);
    }

    private void tellProgress(Load asked) {
        recent.add(asked.latencies());
        slices++;
        if (slices % SLICES_TOLD_TOGETHER == 0) {
            tell.accept("questions of the last %d s: half within %,d, 99 %% within %,d ms"
                    .formatted(
                            SLICES_TOLD_TOGETHER * SLICE.toSeconds(),
                            recent.getValueAtPercentile(50) / 1000,
                            recent.getValueAtPercentile(99) / 1000));
            recent.reset();
        }
    }

    private void look(String what, Load load) {
        if (load.refused() > 0) {
            failed += load.refused();
            tell.accept("not all %s were answered as they should: %s".formatted(what, load.statuses()));
        }
        if (load.latencies().getMaxValue() > SLOW_MICROS) {
            tell.accept("the slowest of the %s took %,d ms"
                    .formatted(what, load.latencies().getMaxValue() / 1000));
        }
    }

    /** @throws IllegalStateException when a question or an order was not answered as it should */
    void requireNoneFailed() {
        if (failed > 0) {
            throw new IllegalStateException(failed + " questions or orders failed; they are told of above");
        }
    }

    @Override
    public void close() {
        placing.shutdown();
        orders.close();
        questions.close();
    }
}
