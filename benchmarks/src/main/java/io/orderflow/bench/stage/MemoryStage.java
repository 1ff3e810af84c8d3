package io.orderflow.bench.stage;

import io.orderflow.bench.bed.Machines;
import io.orderflow.bench.bed.Resident;
import io.orderflow.bench.bed.Standing;
import io.orderflow.bench.bed.Testbed;
import io.orderflow.bench.measure.Figure;
import io.orderflow.bench.measure.Meter;
import io.orderflow.proof.system.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What services need that live with a quarter of a gigabyte of heap each, and how many whole lives they manage then. */
public final class MemoryStage implements Stage {

    private static final String NAME = "memory";
    private static final String HEAP = "256 MB heap";
    private static final double MEGABYTE = 1e6;

    private final int underWay;

    /** @param underWay orders, about */
    public MemoryStage(int underWay) {
        this.underWay = underWay;
    }

    @Override
    public List<Figure> measure(Course course) throws Exception {
        Machines small = course.machines().withService(List.of("-XX:+UseParallelGC", "-Xmx256m"));
        try (Testbed testbed = WholeSystem.started(
                        course.onEmptyStore(),
                        new Testbed(course.home(), course.folder().resolve(NAME), small));
                Standing standing = new Standing(testbed);
                Meter meter = new Meter(testbed)) {
            Inflow inflow = new Inflow(testbed.address(Service.COMMAND_SIDE), standing, underWay);
            course.tell().accept("memory warms up");
            long warm = inflow.flow(course.warmUp()).units();
            course.tell().accept("%,d orders are finished so far".formatted(warm));
            List<Figure> figures = new ArrayList<>();
            figures.add(Figure.rate(
                    NAME,
                    "whole lives, " + HEAP,
                    "orders",
                    course.rounds(NAME, "orders", meter, () -> inflow.flow(course.length()))));
            add(figures, "live heap of %s", meter.live());
            add(figures, "resident at most, %s", Resident.most(testbed.processes()));
            return figures;
        }
    }

    private static void add(List<Figure> figures, String variant, Map<String, Long> bytes) {
        bytes.forEach(
                (name, size) -> figures.add(Figure.of(NAME, variant.formatted(name), "MB", List.of(size / MEGABYTE))));
    }
}
