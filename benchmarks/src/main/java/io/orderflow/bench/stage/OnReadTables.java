package io.orderflow.bench.stage;

import io.orderflow.bench.bed.Testbed;
import io.orderflow.bench.measure.Figure;
import java.util.List;

/** What is measured on read tables that are filled. */
public interface OnReadTables {

    /**
     * @param testbed on which only the query side runs
     * @param events that its tables are made of
     */
    List<Figure> measure(Course course, Testbed testbed, long events) throws Exception;
}
