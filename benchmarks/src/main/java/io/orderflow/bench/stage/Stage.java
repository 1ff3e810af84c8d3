package io.orderflow.bench.stage;

import io.orderflow.bench.measure.Figure;
import java.util.List;

/** A part of an order's way, measured by itself on fresh servers. */
public interface Stage {

    /** @throws Exception when it cannot be measured; nothing of it counts then */
    List<Figure> measure(Course course) throws Exception;
}
