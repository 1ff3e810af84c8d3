package io.orderflow.bench.stage;

import io.orderflow.bench.bed.Rebuilds;
import io.orderflow.bench.bed.Standing;
import io.orderflow.bench.bed.Testbed;
import io.orderflow.bench.measure.Figure;
import io.orderflow.proof.system.Service;
import java.util.ArrayList;
import java.util.List;

/** Fills the read tables from a history once, and measures several things on them. */
public final class ReadingStage implements Stage {

    private final String name;
    private final List<OnReadTables> parts;

    public ReadingStage(String name, List<OnReadTables> parts) {
        this.name = name;
        this.parts = List.copyOf(parts);
    }

    @Override
    public List<Figure> measure(Course course) throws Exception {
        try (Testbed testbed = course.testbed(name).withDatabase().withKafka()) {
            long events = course.publishedHistory(testbed);
            testbed.node(Service.COMMAND_SIDE).stop();
            testbed.start(Service.QUERY_SIDE);
            course.tell().accept("the read tables are filled");
            new Rebuilds(testbed.address(Service.QUERY_SIDE)).awaitServing();
            try (Standing standing = new Standing(testbed)) {
                standing.execute(
                        "vacuum analyze"); // what comes by itself after such a fill would come amid the questions
                standing.execute("checkpoint");
            }
            List<Figure> figures = new ArrayList<>();
            for (OnReadTables part : parts) {
                figures.addAll(part.measure(course, testbed, events));
            }
            return figures;
        }
    }
}
