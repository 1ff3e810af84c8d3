package io.orderflow.bench.stage;

import io.orderflow.bench.bed.QuickstartRun;
import io.orderflow.bench.measure.Figure;
import io.orderflow.proof.system.Folders;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * From the start of the quickstart, built before, to its first accepted order: with no data yet, and on what it kept; as
 * built, and after {@code ./orderflow prepare}.
 */
public final class StartStage implements Stage {

    private static final String NAME = "start";

    @Override
    public List<Figure> measure(Course course) throws Exception {
        List<Figure> figures = new ArrayList<>(measure(course, "as built", List.of()));
        course.tell().accept("the classes are being prepared");
        Path classes = QuickstartRun.prepare(course.home(), log(course));
        figures.addAll(measure(course, "prepared", List.of("-XX:AOTCache=" + classes)));
        return figures;
    }

    private static List<Figure> measure(Course course, String variant, List<String> options) throws Exception {
        List<Double> fresh = new ArrayList<>();
        List<Double> again = new ArrayList<>();
        for (int round = 1; round <= course.rounds(); round++) {
            Path data = folder(course).resolve("data-" + round);
            fresh.add(seconds(course, options, data));
            again.add(seconds(course, options, data));
            course.tell()
                    .accept("start, %s, round %d: %.1f s, again %.1f s"
                            .formatted(variant, round, fresh.getLast(), again.getLast()));
            Folders.delete(data);
        }
        return List.of(
                Figure.of(NAME, "without data, " + variant, "s", fresh),
                Figure.of(NAME, "on what it kept, " + variant, "s", again));
    }

    private static double seconds(Course course, List<String> options, Path data) throws Exception {
        long began = System.nanoTime();
        try (QuickstartRun run = new QuickstartRun(course.home(), options, data, log(course))) {
            run.awaitFirstOrder();
            return (System.nanoTime() - began) / 1e9;
        }
    }

    private static Path folder(Course course) {
        return Folders.made(course.folder().resolve(NAME));
    }

    private static Path log(Course course) {
        return folder(course).resolve("quickstart.log");
    }
}
