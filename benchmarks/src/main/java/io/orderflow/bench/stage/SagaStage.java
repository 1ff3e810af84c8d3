package io.orderflow.bench.stage;

import io.orderflow.bench.bed.Standing;
import io.orderflow.bench.bed.Testbed;
import io.orderflow.bench.measure.Figure;
import io.orderflow.bench.measure.Meter;
import io.orderflow.bench.measure.Meter.Done;
import io.orderflow.bench.measure.Round;
import io.orderflow.messaging.config.Topics;
import io.orderflow.proof.system.Service;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The saga's steps alone: a backlog of whole lives of orders, with nobody who carries out its commands. What it tells
 * payment provider, carrier and customers is done meanwhile, as ever. Each round begins with a service that has just been
 * started, whose first third of the backlog warms it up and does not count.
 */
public final class SagaStage implements Stage {

    private static final String NAME = "saga";

    @Override
    public List<Figure> measure(Course course) throws Exception {
        try (Testbed testbed = course.testbed(NAME).withDatabase().withKafka()) {
            List<Round> rounds = new ArrayList<>();
            for (int round = 1; round <= course.rounds(); round++) {
                course.onEmptyStore().publishedHistory(testbed);
                testbed.node(Service.COMMAND_SIDE).stop();
                rounds.add(round(course, testbed));
                course.tell()
                        .accept("saga, round %d: %,.0f events/s"
                                .formatted(round, rounds.getLast().rate()));
                testbed.node(Service.SAGA).stop();
            }
            return List.of(Figure.rate(NAME, "backlog of %,d events".formatted(course.events()), "events", rounds));
        }
    }

    private static Round round(Course course, Testbed testbed) throws Exception {
        try (Standing standing = new Standing(testbed)) {
            testbed.start(Service.SAGA);
            long measured = course.events() * 2 / 3;
            standing.await("the first third", () -> standing.unread(NAME, Topics.ORDERS) <= measured);
            try (Meter meter = new Meter(testbed)) {
                return meter.measure(() -> readRest(standing));
            }
        }
    }

    private static Done readRest(Standing standing) throws SQLException {
        long began = System.nanoTime();
        long rest = standing.unread(NAME, Topics.ORDERS);
        standing.awaitRead(NAME, Topics.ORDERS);
        return new Done(rest, Duration.ofNanos(System.nanoTime() - began), null);
    }
}
