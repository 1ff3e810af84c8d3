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
import org.HdrHistogram.Histogram;

/** People who place orders and people who ask for them, so many a second whatever else goes on. */
final class LiveLoad implements AutoCloseable {

    private static final double ORDERS_A_SECOND = 50;
    private static final double QUESTIONS_A_SECOND = 100;
    private static final int CONNECTIONS = 16;
    private static final Duration SLICE = Duration.ofSeconds(1);

    private final HttpLoad orders;
    private final HttpLoad questions;
    private final ExecutorService placing = Executors.newSingleThreadExecutor();

    LiveLoad(Testbed testbed) {
        this.orders = new HttpLoad(testbed.address(Service.COMMAND_SIDE), CONNECTIONS, new SingleOrders(1));
        this.questions =
                new HttpLoad(testbed.address(Service.QUERY_SIDE), CONNECTIONS, new Mixed(Question.all(Instant.now())));
    }

    /**
     * Goes on while there is something to wait for; tells of the questions.
     *
     * @throws IllegalStateException when one was not answered with 200, or an order was refused
     */
    Done during(BooleanSupplier waiting) throws Exception {
        Histogram latencies = new Histogram(3);
        long answered = 0;
        long began = System.nanoTime();
        while (waiting.getAsBoolean()) {
            Future<Load> placed = placing.submit(() -> orders.open(ORDERS_A_SECOND, SLICE));
            Load asked = questions.open(QUESTIONS_A_SECOND, SLICE);
            requireAll(asked);
            requireAll(placed.get());
            latencies.add(asked.latencies());
            answered += asked.accepted();
        }
        return new Done(answered, Duration.ofNanos(System.nanoTime() - began), latencies);
    }

    private static void requireAll(Load load) {
        if (load.refused() > 0) {
            throw new IllegalStateException("not all were served: " + load.statuses());
        }
    }

    @Override
    public void close() {
        placing.shutdown();
        orders.close();
        questions.close();
    }
}
