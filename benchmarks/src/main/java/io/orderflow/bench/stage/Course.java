package io.orderflow.bench.stage;

import io.orderflow.bench.bed.Machines;
import io.orderflow.bench.bed.Testbed;
import io.orderflow.bench.measure.Meter;
import io.orderflow.bench.measure.Round;
import io.orderflow.bench.yardstick.RowInserts.Rounds;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * How all stages of a run are measured.
 *
 * @param home of the built project
 * @param folder for data and logs
 * @param length of a round, where a round has a length
 * @param warmUp before the first round
 * @param rounds of which the median counts
 * @param tell what is going on
 */
public record Course(
        Path home, Path folder, Machines machines, Duration length, Duration warmUp, int rounds, Consumer<String> tell)
        implements Rounds {

    /** A fresh testbed in a folder of its own. */
    Testbed testbed(String name) {
        return new Testbed(home, folder.resolve(name), machines);
    }

    /** All rounds of some work, told as they come. */
    List<Round> rounds(String what, String unit, Meter meter, Meter.Work work) throws Exception {
        List<Round> done = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            Round measured = meter.measure(work);
            done.add(measured);
            tell.accept("%s, round %d: %,.0f %s/s".formatted(what, round, measured.rate(), unit));
        }
        return done;
    }
}
