package io.orderflow.bench.stage;

import io.orderflow.bench.bed.Testbed;
import io.orderflow.bench.http.HttpLoad;
import io.orderflow.bench.http.Load;
import io.orderflow.bench.measure.Figure;
import io.orderflow.bench.measure.Figure.Yardstick;
import io.orderflow.bench.measure.Meter;
import io.orderflow.bench.measure.Meter.Done;
import io.orderflow.bench.order.Products;
import io.orderflow.bench.order.SingleOrders;
import io.orderflow.bench.yardstick.RowInserts;
import io.orderflow.proof.system.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/**
 * Single orders over HTTP, each on disk when it is answered; meanwhile the relay publishes them. First as fast as clients
 * are answered (closed loop), then at rates below that, which tell how long a client waits (open loop).
 */
public final class AcceptStage implements Stage {

    private static final String NAME = "accept";
    private static final int YARDSTICK_SESSIONS = 64;
    private static final int OPEN_LOOP_CONNECTIONS = 256;

    private final List<Integer> clients;
    private final List<Double> shares;

    /**
     * @param clients at once, one figure for each number
     * @param shares of the highest rate of a closed loop, one figure of an open loop for each
     */
    public AcceptStage(List<Integer> clients, List<Double> shares) {
        this.clients = List.copyOf(clients);
        this.shares = List.copyOf(shares);
    }

    @Override
    public List<Figure> measure(Course course) throws Exception {
        try (Testbed testbed = course.testbed(NAME).withDatabase().withKafka()) {
            begin(course, testbed);
            List<Figure> figures = new ArrayList<>();
            for (int number : clients) {
                figures.add(closedLoop(course, testbed, number));
            }
            double highest = figures.stream().mapToDouble(Figure::median).max().orElseThrow();
            for (double share : shares) {
                figures.add(openLoop(course, testbed, share * highest));
            }
            testbed.node(Service.COMMAND_SIDE).stop();
            Yardstick rows = RowInserts.singleRows(course, testbed, YARDSTICK_SESSIONS);
            return figures.stream().map(figure -> figure.beside(rows)).toList();
        }
    }

    /** A command side that has products, a history, and worked for a while. */
    static void begin(Course course, Testbed testbed) throws Exception {
        testbed.start(Service.COMMAND_SIDE);
        Products.register(testbed.address(Service.COMMAND_SIDE));
        course.store(testbed);
        warmUp(course, testbed);
    }

    static void warmUp(Course course, Testbed testbed) {
        course.tell().accept("accept warms up");
        try (HttpLoad load = load(testbed, 64)) {
            requireAccepted(course, load.closed(course.warmUp()));
        }
    }

    static Figure closedLoop(Course course, Testbed testbed, int clients) throws Exception {
        String variant = clients + (clients == 1 ? " client" : " clients") + ", closed loop";
        return figure(course, testbed, variant, clients, load -> load.closed(course.length()));
    }

    private static Figure openLoop(Course course, Testbed testbed, double rate) throws Exception {
        String variant = "%,.0f orders/s due, open loop".formatted(rate);
        return figure(course, testbed, variant, OPEN_LOOP_CONNECTIONS, load -> load.open(rate, course.length()));
    }

    private static Figure figure(
            Course course, Testbed testbed, String variant, int clients, Function<HttpLoad, Load> sending)
            throws Exception {
        try (HttpLoad load = load(testbed, clients);
                Meter meter = new Meter(testbed)) {
            return Figure.rate(
                    NAME,
                    variant,
                    "orders",
                    course.rounds(NAME + ", " + variant, "orders", meter, () -> done(course, sending.apply(load))));
        }
    }

    private static HttpLoad load(Testbed testbed, int clients) {
        long seed = ThreadLocalRandom.current().nextLong();
        return new HttpLoad(testbed.address(Service.COMMAND_SIDE), clients, new SingleOrders(seed));
    }

    private static Done done(Course course, Load load) {
        requireAccepted(course, load);
        return new Done(load.accepted(), load.took(), load.latencies());
    }

    /** Some may be refused when a machine is busy with other things; they do not count. */
    private static void requireAccepted(Course course, Load load) {
        if (load.refused() > 0) {
            course.tell().accept("not all were accepted: " + load.statuses());
        }
        if (load.refused() > load.accepted() / 100) {
            throw new IllegalStateException("too many orders were refused: " + load.statuses());
        }
    }
}
