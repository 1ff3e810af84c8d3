package io.orderflow.bench.stage;

import io.orderflow.bench.bed.Testbed;
import io.orderflow.bench.measure.Figure;
import io.orderflow.bench.measure.Meter;
import io.orderflow.bench.measure.Meter.Done;
import io.orderflow.proof.system.Service;
import java.time.Duration;
import java.util.concurrent.Callable;

/** How fast the framework's own parts work on the backlog that a stage measures; they need not come to its end. */
final class StockRate {

    private static final Duration LOOK = Duration.ofMillis(20);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Course course;
    private final Testbed testbed;
    private final String stage;

    StockRate(Course course, Testbed testbed, String stage) {
        this.course = course;
        this.testbed = testbed;
        this.stage = stage;
    }

    /**
     * @param service that does not run, and that the program stands in for
     * @param done events up to now
     * @param all events that there are
     */
    Figure of(Service service, Class<?> program, String variant, Callable<Long> done, long all) throws Exception {
        testbed.startStock(service, program);
        course.tell().accept(stage + ", " + variant + ", warms up");
        awaitBegin(done);
        Thread.sleep(course.warmUp());
        try (Meter meter = new Meter(testbed)) {
            Figure figure = Figure.rate(
                    stage,
                    variant,
                    "events",
                    course.rounds(stage + ", " + variant, "events", meter, () -> round(course.length(), done)));
            if (done.call() >= all) {
                throw new IllegalStateException("the backlog is too small for it: more --events, or fewer --seconds");
            }
            return figure;
        } finally {
            testbed.node(service).stop();
        }
    }

    private static void awaitBegin(Callable<Long> done) throws Exception {
        long limit = System.nanoTime() + PATIENCE.toNanos();
        while (done.call() == 0) {
            if (System.nanoTime() > limit) {
                throw new IllegalStateException("nothing was done within " + PATIENCE + "; see the log of 'stock'");
            }
            Thread.sleep(LOOK);
        }
    }

    private static Done round(Duration length, Callable<Long> done) throws Exception {
        long before = done.call();
        long began = System.nanoTime();
        Thread.sleep(length);
        return new Done(done.call() - before, Duration.ofNanos(System.nanoTime() - began), null);
    }
}
