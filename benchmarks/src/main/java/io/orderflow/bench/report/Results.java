package io.orderflow.bench.report;

import io.orderflow.bench.measure.Figure;
import java.util.List;

/** All figures of one run. */
public record Results(Environment environment, List<Figure> figures) {

    public Results {
        figures = List.copyOf(figures);
    }
}
