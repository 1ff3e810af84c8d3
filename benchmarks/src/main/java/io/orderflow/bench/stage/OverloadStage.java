package io.orderflow.bench.stage;

import io.orderflow.bench.bed.Testbed;
import io.orderflow.bench.http.HttpLoad;
import io.orderflow.bench.http.Load;
import io.orderflow.bench.measure.Figure;
import io.orderflow.bench.measure.Meter;
import io.orderflow.bench.measure.Meter.Done;
import io.orderflow.bench.measure.Round;
import io.orderflow.bench.order.SingleOrders;
import io.orderflow.proof.system.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.HdrHistogram.Histogram;

/**
 * Twice the orders that can be taken: what is accepted of them and how fast, what that leaves behind in memory, and whether
 * as much is accepted afterwards as before. Fails unless some are accepted, in time, and all others refused for now; when
 * memory has doubled; and when only half as many are accepted afterwards.
 */
public final class OverloadStage implements Stage {

    private static final String NAME = "overload";
    private static final int CLIENTS = 256;

    /** More than may be decided at once, so that not only connections are waited for. */
    private static final int CROWD = 2500;

    /** Lengths of a round that the flood lasts. */
    private static final int TIMES = 6;

    /** Of the event store, and a second for the way: who waits longer there is refused. */
    private static final double LONGEST_MILLIS = 6000;

    private static final Set<Integer> EXPECTED = Set.of(201, 429);
    private static final double MEGABYTE = 1e6;

    @Override
    public List<Figure> measure(Course course) throws Exception {
        try (Testbed testbed = course.testbed(NAME).withDatabase().withKafka()) {
            AcceptStage.begin(course, testbed);
            List<Figure> figures = new ArrayList<>();
            try (Meter meter = new Meter(testbed)) {
                Figure before = closed(course, testbed, meter, "before");
                double flood = 2 * before.median();
                flooded(course, testbed, meter, flood, course.length()); // caches and buffers are filled from now on
                Figure liveBefore = live(meter, "before");
                List<Figure> answers =
                        flooded(course, testbed, meter, flood, course.length().multipliedBy(TIMES));
                Figure liveAfter = live(meter, "after");
                Figure after = closed(course, testbed, meter, "after");
                require(
                        Objects.requireNonNull(answers.getFirst().latency()).p99() < LONGEST_MILLIS,
                        "99 of 100 accepted are not in time",
                        answers);
                require(
                        liveAfter.median() < 2 * liveBefore.median(),
                        "memory has grown",
                        List.of(liveBefore, liveAfter));
                require(after.median() > before.median() / 2, "it has become slow", List.of(before, after));
                figures.add(before);
                figures.add(liveBefore);
                figures.addAll(answers);
                figures.add(liveAfter);
                figures.add(after);
            }
            return figures;
        }
    }

    private static void require(boolean holds, String otherwise, List<Figure> figures) {
        if (!holds) {
            throw new IllegalStateException(otherwise + ": " + figures);
        }
    }

    private static Figure closed(Course course, Testbed testbed, Meter meter, String when) throws Exception {
        String variant = "%d clients, %s".formatted(CLIENTS, when);
        try (HttpLoad load = new HttpLoad(testbed.address(Service.COMMAND_SIDE), CLIENTS, orders())) {
            return Figure.rate(NAME, variant, "orders", course.rounds(NAME + ", " + variant, "orders", meter, () -> {
                Load done = load.closed(course.length());
                return new Done(done.accepted(), done.took(), done.latencies());
            }));
        }
    }

    private static List<Figure> flooded(Course course, Testbed testbed, Meter meter, double rate, Duration length)
            throws Exception {
        Histogram accepted = new Histogram(3);
        Histogram refused = new Histogram(3);
        String variant = "%,.0f orders/s sent, %s".formatted(rate, "%s");
        course.tell().accept("%,.0f orders are sent in each second, for %d s".formatted(rate, length.toSeconds()));
        try (HttpLoad load = new HttpLoad(
                testbed.address(Service.COMMAND_SIDE),
                CROWD,
                orders(),
                (status, micros) -> (status == 201 ? accepted : refused).recordValue(micros))) {
            Load[] sent = new Load[1];
            Figure taken = Figure.rate(NAME, variant.formatted("accepted"), "orders", List.of(meter.measure(() -> {
                sent[0] = load.flood(rate, length);
                return new Done(sent[0].accepted(), sent[0].took(), accepted);
            })));
            course.tell().accept("answers: %s; %,d not sent".formatted(sent[0].statuses(), sent[0].unsent()));
            if (!sent[0].statuses().keySet().equals(EXPECTED)) {
                throw new IllegalStateException("some must be accepted and all others refused: " + sent[0].statuses());
            }
            return List.of(taken, refusals(variant, refused, sent[0].took()));
        }
    }

    private static Figure refusals(String variant, Histogram refused, Duration took) {
        return Figure.rate(
                NAME,
                variant.formatted("refused"),
                "orders",
                List.of(new Round(refused.getTotalCount(), took, Map.of(), Map.of(), refused)));
    }

    private static Figure live(Meter meter, String when) {
        double bytes = meter.live().values().stream().mapToLong(Long::longValue).sum();
        return Figure.of(NAME, "live heap " + when, "MB", List.of(bytes / MEGABYTE));
    }

    private static SingleOrders orders() {
        return new SingleOrders(ThreadLocalRandom.current().nextLong());
    }
}
