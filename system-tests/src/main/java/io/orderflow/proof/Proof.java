package io.orderflow.proof;

import io.orderflow.proof.books.Kept;
import io.orderflow.proof.books.Quiet;
import io.orderflow.proof.books.Reconciler;
import io.orderflow.proof.books.Reconciler.Outcome;
import io.orderflow.proof.books.Sources;
import io.orderflow.proof.faults.Faults;
import io.orderflow.proof.faults.Operator;
import io.orderflow.proof.faults.Plan;
import io.orderflow.proof.faults.Scene;
import io.orderflow.proof.load.Load;
import io.orderflow.proof.load.Timeline.Second;
import io.orderflow.proof.report.Report;
import io.orderflow.proof.report.Report.Latencies;
import io.orderflow.proof.system.Part.Kind;
import io.orderflow.proof.system.TestedSystem;
import io.orderflow.servers.PostgresServer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Starts everything, lets clients in, has things go wrong; then ends all faults, waits until nothing is under way, and
 * compares all books with each other and with what clients were told.
 */
public final class Proof {

    private static final int TELL_EVERY_SECONDS = 15;

    private final Settings settings;
    private final Consumer<String> tell;

    /**
     * @param home of the built project
     * @param folder for data and logs; empty or missing
     * @param length of the time in which faults happen
     * @param seed of the plan of faults, and of what clients do
     * @param clients at once
     * @param rate requests in a second of all clients together
     * @param patience in which everything must be quiet after the faults
     */
    public record Settings(
            Path home, Path folder, Duration length, long seed, int clients, double rate, Duration patience) {}

    public Proof(Settings settings, Consumer<String> tell) {
        this.settings = settings;
        this.tell = tell;
    }

    public Report prove() throws InterruptedException, SQLException {
        long began = System.nanoTime();
        try (TestedSystem system = new TestedSystem(settings.home(), settings.folder(), tell)) {
            Thread atExit = new Thread(system::close);
            Runtime.getRuntime().addShutdownHook(atExit);
            system.start();
            tell.accept("everything runs; the load begins");
            Load load = new Load(system.addresses(Kind.COMMAND_SIDE), system.addresses(Kind.QUERY_SIDE));
            Scene scene = new Scene(system, load.promises());
            Faults faults = new Faults(scene, tell);
            underLoad(load, faults);
            tell.accept("all faults are over; everything is brought back");
            system.restore();
            Map<String, Long> left = awaitQuiet(system);
            Outcome outcome = reconcile(system, left);
            Kept.check(outcome, load.promises());
            Report report = new Report(
                    settings.seed(),
                    settings.length(),
                    Duration.ofNanos(System.nanoTime() - began),
                    scene.kills(),
                    system.unplannedExits(),
                    faults.happened(),
                    load.timeline().seconds(),
                    new Latencies(
                            load.timeline().percentile(50),
                            load.timeline().percentile(99),
                            load.timeline().percentile(100)),
                    left,
                    outcome.books());
            Runtime.getRuntime().removeShutdownHook(atExit);
            return report;
        }
    }

    private void underLoad(Load load, Faults faults) throws InterruptedException {
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        try (load;
                clock) {
            load.begin(settings.clients(), settings.rate(), settings.seed());
            var unused = clock.scheduleAtFixedRate(() -> tick(load), 1, 1, TimeUnit.SECONDS);
            faults.happen(Plan.of(settings.seed(), settings.length()));
        }
    }

    private void tick(Load load) {
        Second second = load.timeline().tick();
        if (second.second() % TELL_EVERY_SECONDS == TELL_EVERY_SECONDS - 1) {
            tell.accept("%d s: %,d orders accepted, %d/s now, %d refused, %d not answered, slowest %.0f ms"
                    .formatted(
                            second.second() + 1,
                            load.promises().accepted().size(),
                            second.accepted(),
                            second.refused(),
                            second.unanswered(),
                            second.highest()));
        }
    }

    private Map<String, Long> awaitQuiet(TestedSystem system) throws SQLException {
        Operator operator = new Operator(system, tell);
        Sources sources = sources(system);
        // poison that stands deep in a backlog is met, and parked, only now
        Map<String, Long> left = Map.of("everything", 1L);
        long limit = System.nanoTime() + settings.patience().toNanos();
        while (!left.isEmpty() && System.nanoTime() < limit) {
            operator.discardPoison();
            left = Quiet.await(sources, Duration.ofSeconds(10), tell);
        }
        return left;
    }

    private Outcome reconcile(TestedSystem system, Map<String, Long> left) throws SQLException {
        tell.accept(left.isEmpty() ? "nothing is under way any more" : "STILL UNDER WAY: " + left);
        return new Reconciler(sources(system), true, Duration.ofSeconds(30), tell).reconcile();
    }

    private static Sources sources(TestedSystem system) {
        return Sources.inOneDatabase(system.database().url(), PostgresServer.USER, "", system.bootstrapServers());
    }
}
