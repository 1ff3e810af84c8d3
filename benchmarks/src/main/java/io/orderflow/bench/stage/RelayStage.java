package io.orderflow.bench.stage;

import io.orderflow.bench.bed.Standing;
import io.orderflow.bench.bed.Testbed;
import io.orderflow.bench.measure.Figure;
import io.orderflow.bench.measure.Meter;
import io.orderflow.bench.measure.Meter.Done;
import io.orderflow.bench.measure.Round;
import io.orderflow.bench.yardstick.ProducedRecords;
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
            long events = course.publishedHistory(testbed);
            try (Standing standing = new Standing(testbed);
                    Meter meter = new Meter(testbed)) {
                List<Round> rounds = course.rounds(NAME, "events", meter, () -> publishAgain(standing, events));
                testbed.node(Service.COMMAND_SIDE).stop();
                Figure figure = Figure.rate(NAME, "backlog of %,d events".formatted(events), "events", rounds);
                return List.of(figure.beside(ProducedRecords.sameAs("orders", course, testbed, standing)));
            }
        }
    }

    private static Done publishAgain(Standing standing, long events) throws SQLException {
        long began = System.nanoTime();
        standing.publishAgain();
        standing.awaitPublished();
        return new Done(events, Duration.ofNanos(System.nanoTime() - began), null);
    }
}
