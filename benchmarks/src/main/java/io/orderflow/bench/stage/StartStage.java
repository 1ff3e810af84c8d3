package io.orderflow.bench.stage;

import io.orderflow.bench.bed.QuickstartRun;
import io.orderflow.bench.measure.Figure;
import io.orderflow.proof.system.Folders;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** From the start of the quickstart, built before, to its first accepted order: with no data yet, and on what it kept. */
public final class StartStage implements Stage {

    private static final String NAME = "start";

    @Override
    public List<Figure> measure(Course course) throws Exception {
        Path folder = Folders.made(course.folder().resolve(NAME));
        List<Double> fresh = new ArrayList<>();
        List<Double> again = new ArrayList<>();
        for (int round = 1; round <= course.rounds(); round++) {
            Path data = folder.resolve("data-" + round);
            fresh.add(seconds(course, data, folder));
            again.add(seconds(course, data, folder));
            course.tell()
                    .accept("start, round %d: %.1f s, again %.1f s".formatted(round, fresh.getLast(), again.getLast()));
            Folders.delete(data);
        }
        return List.of(Figure.of(NAME, "without data", "s", fresh), Figure.of(NAME, "on what it kept", "s", again));
    }

    private static double seconds(Course course, Path data, Path folder) throws Exception {
        long began = System.nanoTime();
        try (QuickstartRun run = new QuickstartRun(course.home(), data, folder.resolve("quickstart.log"))) {
            run.awaitFirstOrder();
            return (System.nanoTime() - began) / 1e9;
        }
    }
}
