package io.orderflow.bench.stage;

import io.orderflow.bench.bed.Machines;
import io.orderflow.bench.bed.Standing;
import io.orderflow.bench.bed.Testbed;
import io.orderflow.bench.history.History;
import io.orderflow.bench.measure.Meter;
import io.orderflow.bench.measure.Round;
import io.orderflow.bench.yardstick.Rounds;
import io.orderflow.proof.system.Service;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/**
 * How all stages of a run are measured.
 *
 * @param home of the built project
 * @param folder for data and logs
 * @param length of a round, where a round has a length
 * @param warmUp before the first round
 * @param rounds of which the median counts
 * @param events of a backlog, where a round has one
 * @param stored events that are in the store already
 * @param tell what is going on
 */
public record Course(
        Path home,
        Path folder,
        Machines machines,
        Duration length,
        Duration warmUp,
        int rounds,
        long events,
        long stored,
        Consumer<String> tell)
        implements Rounds {

    private static final Duration SPAN = Duration.ofDays(180);

    /** The same, for stages that cannot be measured on a store with orders that no saga has seen. */
    Course onEmptyStore() {
        return new Course(home, folder, machines, length, warmUp, rounds, events, 0, tell);
    }

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
            tell.accept("%s, round %d: %,.0f %s/s%s".formatted(what, round, measured.rate(), unit, p99(measured)));
        }
        return done;
    }

    private static String p99(Round round) {
        return round.latencies() == null
                ? ""
                : ", 99 %% within %.1f ms".formatted(round.latencies().getValueAtPercentile(99) / 1000.0);
    }

    /** Puts what is to be stored already into a store whose service runs, and waits until it is published. */
    void store(Testbed testbed) throws SQLException {
        writePublished(testbed, stored);
    }

    /** Starts the command side and writes a backlog behind what is stored already; returns how many events that makes. */
    long publishedHistory(Testbed testbed) throws SQLException {
        testbed.start(Service.COMMAND_SIDE); // makes the tables
        writePublished(testbed, stored + events);
        return stored + events;
    }

    private void writePublished(Testbed testbed, long count) throws SQLException {
        if (count > 0) {
            write(testbed, count);
            try (Standing standing = new Standing(testbed)) {
                standing.awaitPublished();
                standing.execute("vacuum analyze");
            }
        }
    }

    private void write(Testbed testbed, long count) throws SQLException {
        tell.accept("%,d events are written into the store".formatted(count));
        try (Connection connection = testbed.connect()) {
            long seed = ThreadLocalRandom.current().nextLong();
            new History(count, SPAN, seed).write(connection, count, written -> {
                if (written % 1_000_000 == 0) {
                    tell.accept("%,d events are written".formatted(written));
                }
            });
        }
    }
}
