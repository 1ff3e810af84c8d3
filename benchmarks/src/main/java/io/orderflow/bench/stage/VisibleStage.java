package io.orderflow.bench.stage;

import io.orderflow.bench.bed.Standing;
import io.orderflow.bench.bed.Testbed;
import io.orderflow.bench.http.HttpLoad;
import io.orderflow.bench.http.Load;
import io.orderflow.bench.measure.Figure;
import io.orderflow.bench.measure.Meter;
import io.orderflow.bench.measure.Meter.Done;
import io.orderflow.bench.order.SingleOrders;
import io.orderflow.proof.system.Service;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * How long after its 201 an order can be asked for on the query side, while the whole system works at half its load. Some
 * orders are asked for with {@code ?minVersion=0&wait=}; the others are the load.
 */
public final class VisibleStage implements Stage {

    private static final String NAME = "visible";
    private static final int CLIENTS = 64;
    private static final double PROBES = 25;

    private final double rate;

    /** @param rate orders a second */
    public VisibleStage(double rate) {
        this.rate = rate;
    }

    @Override
    public List<Figure> measure(Course course) throws Exception {
        try (Testbed testbed = WholeSystem.started(course, course.testbed(NAME))) {
            try (HttpLoad load = new HttpLoad(
                            testbed.address(Service.COMMAND_SIDE), CLIENTS, new SingleOrders(NAME.length()));
                    Meter meter = new Meter(testbed)) {
                Probes probes = new Probes(testbed.address(Service.COMMAND_SIDE), testbed.address(Service.QUERY_SIDE));
                // at half load, services that have just started still compile minutes later: first they have all of it
                course.tell().accept("visible warms up");
                Duration half = course.warmUp().dividedBy(2);
                long warm = probe(load, probes, 2 * rate, half).units();
                awaitFinished(warm, course, testbed);
                warm += probe(load, probes, rate, half).units();
                course.tell().accept("%,d orders were placed so far".formatted(warm));
                String variant = "%,.0f orders/s".formatted(rate);
                return List.of(Figure.rate(
                        NAME,
                        variant,
                        "orders",
                        course.rounds(NAME, "orders", meter, () -> probe(load, probes, rate, course.length()))));
            }
        }
    }

    /** What full load has left to do. */
    private static void awaitFinished(long orders, Course course, Testbed testbed) throws SQLException {
        if (course.stored() == 0) { // or nobody carries orders out
            try (Standing standing = new Standing(testbed)) {
                standing.awaitFinished(orders);
            }
        }
    }

    private static Done probe(HttpLoad load, Probes probes, double rate, Duration length) throws Exception {
        try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
            Callable<Load> sending = () -> load.open(Math.max(1, rate - PROBES), length);
            Future<Load> sent = threads.submit(sending);
            Done seen = probes.look(PROBES, length);
            return new Done(seen.units() + sent.get().accepted(), seen.took(), seen.latencies());
        } catch (ExecutionException e) {
            throw new IllegalStateException("the load could not be sent", e.getCause());
        }
    }
}
