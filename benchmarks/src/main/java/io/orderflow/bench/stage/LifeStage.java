package io.orderflow.bench.stage;

import io.orderflow.bench.bed.Standing;
import io.orderflow.bench.bed.Testbed;
import io.orderflow.bench.measure.Figure;
import io.orderflow.bench.measure.Meter;
import io.orderflow.proof.system.Service;
import java.util.List;

/** Whole lives of orders, from placed to delivered, through all three services and both topics. */
public final class LifeStage implements Stage {

    private static final String NAME = "life";

    private final int underWay;

    /** @param underWay orders, about */
    public LifeStage(int underWay) {
        this.underWay = underWay;
    }

    @Override
    public List<Figure> measure(Course course) throws Exception {
        try (Testbed testbed = WholeSystem.started(course.onEmptyStore(), course.testbed(NAME));
                Standing standing = new Standing(testbed);
                Meter meter = new Meter(testbed)) {
            Inflow inflow = new Inflow(testbed.address(Service.COMMAND_SIDE), standing, underWay);
            course.tell().accept("life warms up");
            long warm = inflow.flow(course.warmUp()).units();
            course.tell().accept("%,d orders are finished so far".formatted(warm));
            return List.of(Figure.rate(
                    NAME,
                    "%,d orders under way".formatted(underWay),
                    "orders",
                    course.rounds(NAME, "orders", meter, () -> inflow.flow(course.length()))));
        }
    }
}
