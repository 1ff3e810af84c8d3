package io.orderflow.bench.stage;

import io.orderflow.bench.bed.Standing;
import io.orderflow.bench.bed.Testbed;
import io.orderflow.bench.http.HttpLoad;
import io.orderflow.bench.http.Load;
import io.orderflow.bench.measure.Figure;
import io.orderflow.bench.measure.Meter;
import io.orderflow.bench.measure.Meter.Done;
import io.orderflow.bench.measure.Round;
import io.orderflow.bench.question.Export;
import io.orderflow.bench.question.Mixed;
import io.orderflow.bench.question.Question;
import io.orderflow.bench.question.Walk;
import io.orderflow.proof.system.Service;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Lists of very many orders: each question by 16 readers who ask on at once, pages far inside, and an export of them all. */
public final class Questions implements OnReadTables {

    private static final String NAME = "questions";
    private static final int READERS = 16;
    private static final int PAGES = 10_000;
    private static final int MEASURED = 500;
    private static final double MEGABYTE = 1e6;

    @Override
    public List<Figure> measure(Course course, Testbed testbed, long events) throws Exception {
        URI querySide = testbed.address(Service.QUERY_SIDE);
        String among = "among %,d orders".formatted(orders(testbed));
        List<Figure> figures = new ArrayList<>();
        try (Meter meter = new Meter(testbed)) {
            Walk walk = new Walk(querySide);
            walk.turn(MEASURED, 0); // warms up
            walk = new Walk(querySide);
            course.tell().accept("%,d pages are turned, one after the other".formatted(PAGES));
            walk.turn(PAGES, MEASURED);
            figures.add(turned(walk.first(), "the first %,d pages, one reader".formatted(MEASURED), among));
            List<Question> questions = new ArrayList<>(Question.all(Instant.now()));
            if (walk.last().getTotalCount() > 0) { // there are so many pages
                figures.add(turned(walk.last(), "up to page %,d, one reader".formatted(PAGES), among));
                questions.add(walk.farInside());
            }
            try (HttpLoad load = new HttpLoad(querySide, READERS, new Mixed(questions))) {
                course.tell().accept("all questions are asked in turn, to warm up");
                load.closed(course.warmUp());
            }
            for (Question question : questions) {
                figures.add(asked(course, querySide, question, meter).on(among));
            }
            figures.addAll(exported(course, querySide, meter));
        }
        return figures;
    }

    private static long orders(Testbed testbed) throws SQLException {
        try (Standing standing = new Standing(testbed)) {
            return standing.number("select count(*) from query_orders_1.order_summary");
        }
    }

    private static Figure turned(Histogram micros, String variant, String among) {
        long nanos = (long) (micros.getMean() * micros.getTotalCount() * 1000);
        Round round = new Round(micros.getTotalCount(), Duration.ofNanos(nanos), Map.of(), Map.of(), micros);
        return Figure.rate(NAME, variant, "pages", List.of(round)).on(among);
    }

    private static Figure asked(Course course, URI querySide, Question question, Meter meter) throws Exception {
        String variant = question.name() + ", " + READERS + " readers";
        try (HttpLoad load = new HttpLoad(querySide, READERS, question.requests())) {
            load.closed(course.warmUp().dividedBy(10));
            return Figure.rate(
                    NAME,
                    variant,
                    "answers",
                    course.rounds(NAME + ", " + variant, "answers", meter, () -> done(load.closed(course.length()))));
        }
    }

    private static Done done(Load load) {
        if (load.refused() > 0) {
            throw new IllegalStateException("not all questions were answered: " + load.statuses());
        }
        return new Done(load.accepted(), load.took(), load.latencies());
    }

    private static List<Figure> exported(Course course, URI querySide, Meter meter) throws Exception {
        Export export = new Export(querySide);
        double before = live(meter);
        Figure rate =
                Figure.rate(NAME, "export", "orders", course.rounds("export", "orders", meter, () -> exported(export)));
        return List.of(
                rate,
                Figure.of(NAME, "live heap before the exports", "MB", List.of(before)),
                Figure.of(NAME, "live heap after them", "MB", List.of(live(meter))));
    }

    private static Done exported(Export export) throws Exception {
        long began = System.nanoTime();
        long orders = export.read();
        return new Done(orders, Duration.ofNanos(System.nanoTime() - began), null);
    }

    private static double live(Meter meter) {
        return meter.live().values().stream().mapToLong(Long::longValue).sum() / MEGABYTE;
    }
}
