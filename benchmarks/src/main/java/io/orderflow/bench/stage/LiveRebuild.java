package io.orderflow.bench.stage;

import io.orderflow.bench.bed.Rebuilds;
import io.orderflow.bench.bed.Standing;
import io.orderflow.bench.bed.Testbed;
import io.orderflow.bench.measure.Figure;
import io.orderflow.bench.measure.Meter;
import io.orderflow.bench.measure.Meter.Done;
import io.orderflow.bench.measure.Round;
import io.orderflow.bench.order.Products;
import io.orderflow.bench.yardstick.DiskProbe;
import io.orderflow.messaging.config.Topics;
import io.orderflow.proof.system.Folders;
import io.orderflow.proof.system.Service;
import io.orderflow.proof.system.ServiceNode;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A rebuild of all projections, one after the other, by two nodes while orders are placed and asked for, compared with the
 * time before it. One of the nodes is killed twice on the way. Afterwards the new tables must equal the old ones, which were
 * fed meanwhile.
 */
public final class LiveRebuild implements OnReadTables {

    private static final String NAME = "rebuild";
    private static final String ORDERS = "orders";
    private static final Duration LOOK = Duration.ofMillis(500);

    /** Rounds before it: enough questions for one in a hundred of them to be many. */
    private static final int BEFORE = 12;

    private static final List<String> TABLES =
            List.of("order_summary", "order_in_status", "order_product", "order_search", "order_timeline");

    private final int eventsPerSecond;

    /** @param eventsPerSecond how much of a projection both nodes together may apply; 0 for as much as they can */
    public LiveRebuild(int eventsPerSecond) {
        this.eventsPerSecond = eventsPerSecond;
    }

    @Override
    public List<Figure> measure(Course course, Testbed testbed, long events) throws Exception {
        testbed.start(Service.COMMAND_SIDE);
        Products.register(testbed.address(Service.COMMAND_SIDE));
        ServiceNode other = testbed.startAnother(Service.QUERY_SIDE);
        Rebuilds rebuilds = new Rebuilds(testbed.address(Service.QUERY_SIDE));
        List<Figure> figures = new ArrayList<>();
        try (LiveLoad load = new LiveLoad(testbed, course.tell());
                Meter meter = new Meter(testbed);
                ExecutorService operator = Executors.newSingleThreadExecutor()) {
            Done warm = load.during(lasting(course.warmUp()));
            course.tell().accept("%,d questions were answered so far".formatted(warm.units()));
            figures.addAll(questions(
                    course,
                    meter,
                    "before",
                    () -> load.during(lasting(course.length().multipliedBy(BEFORE)))));
            Future<Double> rebuilt = operator.submit(() -> rebuild(course, other, rebuilds, events));
            figures.addAll(
                    questions(course, meter, "during a rebuild" + limit(), () -> load.during(() -> !rebuilt.isDone())));
            figures.add(Figure.of(NAME, "orders, killed twice" + limit(), "events/s", List.of(rebuilt.get())));
            load.requireNoneFailed();
        }
        requireEqual(course, testbed);
        return figures;
    }

    /** Gives back how many events a second those of orders were rebuilt from. */
    private double rebuild(Course course, ServiceNode other, Rebuilds rebuilds, long events) {
        double rate = 0;
        for (String projection : Rebuilds.PROJECTIONS) {
            long began = System.nanoTime();
            rebuilds.begin(projection);
            rebuilds.throttle(projection, eventsPerSecond);
            if (projection.equals(ORDERS)) {
                killTwice(course, other, rebuilds, events);
            }
            while (!rebuilds.isServing(projection)) {
                LockSupport.parkNanos(LOOK.toNanos());
            }
            long took = System.nanoTime() - began;
            course.tell()
                    .accept("%s are rebuilt after %,d s".formatted(projection, TimeUnit.NANOSECONDS.toSeconds(took)));
            if (projection.equals(ORDERS)) {
                rate = events * 1e9 / took;
            }
        }
        return rate;
    }

    private String limit() {
        return eventsPerSecond == 0 ? "" : ", at most %,d events/s".formatted(eventsPerSecond);
    }

    private static BooleanSupplier lasting(Duration length) {
        long until = System.nanoTime() + length.toNanos();
        return () -> System.nanoTime() < until;
    }

    /** How long questions took, and writing to the disk that all share. */
    private static List<Figure> questions(Course course, Meter meter, String when, Meter.Work work) throws Exception {
        DiskProbe disk = new DiskProbe(Folders.made(course.folder()).resolve("disk-probe"));
        Round asked;
        Done written;
        try {
            asked = meter.measure(work);
        } finally {
            written = disk.end();
        }
        Round onDisk = new Round(written.units(), written.took(), Map.of(), Map.of(), written.latencies());
        List<Figure> figures = List.of(
                Figure.rate(NAME, "questions " + when, "answers", List.of(asked)),
                Figure.rate(NAME, "4 kB to disk " + when, "writes", List.of(onDisk)));
        figures.forEach(figure -> course.tell().accept("%s: %s".formatted(figure.variant(), figure.latency())));
        return figures;
    }

    private static void killTwice(Course course, ServiceNode node, Rebuilds rebuilds, long events) {
        for (int third = 1; third <= 2; third++) {
            long done = awaitDone(rebuilds, events * third / 3);
            node.kill();
            Testbed.start(node);
            long kept = rebuilds.done(ORDERS);
            course.tell()
                    .accept("a node was killed when %,d records were applied; it is back, and %,d are"
                            .formatted(done, kept));
            if (kept < done) {
                throw new IllegalStateException("the rebuild has lost what it had done");
            }
        }
    }

    private static long awaitDone(Rebuilds rebuilds, long wanted) {
        long done = rebuilds.done(ORDERS);
        while (done < wanted) {
            if (rebuilds.isServing(ORDERS)) { // throws when it has failed
                throw new IllegalStateException("the rebuild was over before a node could be killed");
            }
            LockSupport.parkNanos(LOOK.toNanos());
            done = rebuilds.done(ORDERS);
        }
        return done;
    }

    private static void requireEqual(Course course, Testbed testbed) throws SQLException {
        try (Standing standing = new Standing(testbed)) {
            standing.awaitRead("query", Topics.ORDERS);
            long now = standing.number("select number from query.serving where model = 'orders'");
            long before = standing.number("select previous from query.serving where model = 'orders'");
            for (String table : TABLES) {
                String sum = "select coalesce(bit_xor(hashtextextended(t::text, 0)), 0) from query_orders_%d.%s t";
                if (standing.number(sum.formatted(now, table)) != standing.number(sum.formatted(before, table))) {
                    throw new IllegalStateException("the rebuilt " + table + " is another one");
                }
            }
            course.tell().accept("the rebuilt tables equal those before");
        }
    }
}
