package io.orderflow.bench.stage;

import io.orderflow.bench.bed.Rebuilds;
import io.orderflow.bench.bed.Standing;
import io.orderflow.bench.bed.Testbed;
import io.orderflow.bench.measure.Figure;
import io.orderflow.bench.measure.Meter;
import io.orderflow.bench.measure.Meter.Done;
import io.orderflow.bench.measure.Round;
import io.orderflow.bench.stock.StockReadTables;
import io.orderflow.bench.yardstick.CopiedRows;
import io.orderflow.proof.system.Service;
import java.time.Duration;
import java.util.List;

/** All read tables, built from all events: each round is a rebuild, from its beginning until it serves. */
public final class ProjectionStage implements Stage {

    private static final String NAME = "projection";

    @Override
    public List<Figure> measure(Course course) throws Exception {
        try (Testbed testbed = course.testbed(NAME).withDatabase().withKafka()) {
            long events = course.publishedHistory(testbed);
            testbed.node(Service.COMMAND_SIDE).stop();
            testbed.start(Service.QUERY_SIDE);
            Rebuilds rebuilds = new Rebuilds(testbed.address(Service.QUERY_SIDE));
            course.tell().accept("projection warms up: the first build, and more of them");
            warmUp(rebuilds, events, course.warmUp());
            List<Round> rounds;
            try (Meter meter = new Meter(testbed)) {
                rounds = course.rounds(NAME, "events", meter, () -> rebuild(rebuilds, events));
            }
            testbed.node(Service.QUERY_SIDE).stop();
            Figure figure = Figure.rate(NAME, "rebuild of %,d events".formatted(events), "events", rounds);
            try (Standing standing = new Standing(testbed)) {
                Figure stock = new StockRate(course, testbed, NAME)
                        .of(
                                Service.QUERY_SIDE,
                                StockReadTables.class,
                                "the framework's, two rows for each event",
                                () -> standing.number("select count(*) from query." + StockReadTables.TIMELINE),
                                events);
                return List.of(figure.beside(CopiedRows.ofReadTables(course, testbed, standing, events)), stock);
            }
        }
    }

    private static void warmUp(Rebuilds rebuilds, long events, Duration length) {
        long began = System.nanoTime();
        rebuilds.awaitServing();
        while (System.nanoTime() - began < length.toNanos()) {
            Done unused = rebuild(rebuilds, events);
        }
    }

    private static Done rebuild(Rebuilds rebuilds, long events) {
        rebuilds.dropPrevious(); // it would be fed, too
        long began = System.nanoTime();
        rebuilds.begin();
        rebuilds.awaitServing();
        return new Done(events, Duration.ofNanos(System.nanoTime() - began), null);
    }
}
