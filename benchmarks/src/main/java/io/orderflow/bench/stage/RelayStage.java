package io.orderflow.bench.stage;

import io.orderflow.bench.bed.Standing;
import io.orderflow.bench.bed.Testbed;
import io.orderflow.bench.measure.Figure;
import io.orderflow.bench.measure.Meter;
import io.orderflow.bench.measure.Meter.Done;
import io.orderflow.bench.measure.Round;
import io.orderflow.bench.stock.StockRelay;
import io.orderflow.bench.yardstick.ProducedRecords;
import io.orderflow.messaging.config.Topics;
import io.orderflow.proof.system.Service;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** The relay alone, from a store full of events to Kafka's acknowledgment of the last one; each round publishes them again. */
public final class RelayStage implements Stage {

    private static final String NAME = "relay";

    @Override
    public List<Figure> measure(Course course) throws Exception {
        try (Testbed testbed = course.testbed(NAME).withDatabase().withKafka()) {
            course.publishedHistory(testbed);
            try (Standing standing = new Standing(testbed)) {
                Figure figure = Figure.rate(
                        NAME,
                        "backlog of %,d events".formatted(course.events()),
                        "events",
                        rounds(course, testbed, standing));
                testbed.node(Service.COMMAND_SIDE).stop();
                Figure stock = new StockRate(course, testbed, NAME)
                        .of(
                                Service.COMMAND_SIDE,
                                StockRelay.class,
                                "the framework's, which waits for each acknowledgment",
                                () -> standing.end(Testbed.STOCK_TOPIC),
                                standing.storedAfter(0));
                return List.of(figure.beside(ProducedRecords.sameAs(Topics.ORDERS, course, testbed, standing)), stock);
            }
        }
    }

    private static List<Round> rounds(Course course, Testbed testbed, Standing standing) throws Exception {
        long before = standing.stored() - course.events();
        try (Meter meter = new Meter(testbed)) {
            return course.rounds(NAME, "events", meter, () -> publishAgain(standing, before));
        }
    }

    private static Done publishAgain(Standing standing, long after) throws SQLException {
        long events = standing.storedAfter(after);
        long began = System.nanoTime();
        standing.publishAgain(after);
        standing.awaitPublished();
        return new Done(events, Duration.ofNanos(System.nanoTime() - began), null);
    }
}
