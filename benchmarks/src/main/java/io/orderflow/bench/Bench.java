package io.orderflow.bench;

import io.orderflow.bench.bed.Given;
import io.orderflow.bench.bed.Machines;
import io.orderflow.bench.measure.Figure;
import io.orderflow.bench.report.Environment;
import io.orderflow.bench.report.Html;
import io.orderflow.bench.report.Json;
import io.orderflow.bench.report.Markdown;
import io.orderflow.bench.report.Page;
import io.orderflow.bench.report.Results;
import io.orderflow.bench.stage.AcceptStage;
import io.orderflow.bench.stage.BulkStage;
import io.orderflow.bench.stage.Course;
import io.orderflow.bench.stage.LifeStage;
import io.orderflow.bench.stage.LiveRebuild;
import io.orderflow.bench.stage.MemoryStage;
import io.orderflow.bench.stage.OnReadTables;
import io.orderflow.bench.stage.OverloadStage;
import io.orderflow.bench.stage.ProjectionStage;
import io.orderflow.bench.stage.Questions;
import io.orderflow.bench.stage.ReadingStage;
import io.orderflow.bench.stage.RelayStage;
import io.orderflow.bench.stage.SagaStage;
import io.orderflow.bench.stage.Stage;
import io.orderflow.bench.stage.StartStage;
import io.orderflow.bench.stage.StockStage;
import io.orderflow.bench.stage.VisibleStage;
import io.orderflow.proof.system.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "bench",
        description = "Measures each stage of an order's way on fresh servers, beside yardsticks of the same run.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class Bench implements Callable<Integer> {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(
            paramLabel = "STAGE",
            description =
                    "accept, overload, stock, bulk, relay, projection, saga, life, visible, reading, start, memory (default: all)")
    private List<String> wanted = new ArrayList<>();

    @Option(names = "--seconds", description = "length of a round", defaultValue = "10")
    private double seconds;

    @Option(names = "--warm-up", description = "seconds before the first round", defaultValue = "20")
    private double warmUp;

    @Option(names = "--rounds", description = "of which the median counts", defaultValue = "3")
    private int rounds;

    @Option(
            names = "--clients",
            split = ",",
            description = "of accept, one figure for each number",
            defaultValue = "1,16,64,256")
    private List<Integer> clients = List.of(1, 16, 64, 256);

    @Option(
            names = "--shares",
            split = ",",
            description = "of the highest rate of accept, one figure of an open loop for each; 0 for none",
            defaultValue = "0.5,0.8")
    private List<Double> shares = List.of(0.5, 0.8);

    @Option(
            names = "--events",
            description = "of a backlog (relay, projection, saga, reading; an order has five)",
            defaultValue = "600000")
    private long events;

    @Option(
            names = "--stored",
            split = ",",
            description =
                    "events that are in the store already, one figure for each number; growth: 10000,1000000,5000000"
                            + " (life, saga and memory begin on an empty store, and visible has no saga on another)",
            defaultValue = "0")
    private List<Long> stored = List.of(0L);

    @Option(
            names = "--under-way",
            description = "orders, in life, memory and while visible warms up: each takes some seconds,"
                    + " so that few of them are no load",
            defaultValue = "10000")
    private int underWay;

    @Option(
            names = "--rate",
            description = "of visible, orders a second; should be half of what life manages",
            defaultValue = "200")
    private double rate;

    @Option(
            names = "--throttle",
            description =
                    "of the rebuild in reading, events a second that both nodes may apply of a projection; 0: no limit",
            defaultValue = "0")
    private int throttle;

    @Option(
            names = "--java",
            split = " ",
            description = "what the services' Java virtual machines are told",
            defaultValue = "-XX:+UseParallelGC -Xmx512m -Xmn256m")
    private List<String> java = Machines.USUAL.service();

    @Option(
            names = "--postgres",
            paramLabel = "SETTING=VALUE",
            split = ",",
            description = "of the server, as in postgresql.conf, besides those of docker-compose.yml")
    private Map<String, String> postgres = Map.of();

    @Option(names = "--report", description = "folder for the results", defaultValue = "bench")
    private Path report = Path.of("bench");

    @Option(names = "--record", description = "write the results beside the sources, too: into benchmarks/")
    private boolean record;

    @Option(
            names = "--home",
            description = "folder of the built project",
            defaultValue = "${sys:orderflow.home:-.}",
            hidden = true)
    private Path home = Path.of(".");

    @Override
    public Integer call() throws Exception {
        Path folder = Folders.made(report.toAbsolutePath().normalize());
        Folders.delete(folder.resolve("work"));
        Environment environment = Environment.here(home, settings(), command());
        List<Figure> figures = new ArrayList<>();
        for (long before : stored) {
            for (Stage stage : stages()) {
                List<Figure> found = stage.measure(course(folder.resolve("work"), before));
                found.forEach(
                        figure -> figures.add(before == 0 ? figure : figure.on("%,d events stored".formatted(before))));
                write(new Results(environment, figures), folder); // what follows may fail
            }
        }
        System.out.println(Page.of(new Results(environment, figures)));
        System.out.println("  Charts: " + folder.resolve("latest.html"));
        return 0;
    }

    private void write(Results results, Path folder) throws IOException {
        Files.writeString(folder.resolve("latest.json"), Json.of(results));
        Files.writeString(folder.resolve("latest.html"), Html.of(results));
        Files.writeString(folder.resolve("RESULTS.md"), Markdown.of(results));
        if (record) {
            Path beside = home.resolve("benchmarks");
            Files.writeString(beside.resolve("RESULTS.md"), Markdown.of(results));
            Path figures = Folders.made(beside.resolve("results"));
            Files.writeString(figures.resolve("latest.json"), Json.of(results));
            Files.writeString(figures.resolve("latest.html"), Html.of(results));
        }
    }

    private List<Stage> stages() {
        Map<String, Stage> known = new LinkedHashMap<>();
        known.put(
                "accept",
                new AcceptStage(
                        clients, shares.stream().filter(share -> share > 0).toList()));
        known.put("overload", new OverloadStage());
        known.put("stock", new StockStage());
        known.put("bulk", new BulkStage());
        known.put("relay", new RelayStage());
        known.put("projection", new ProjectionStage());
        known.put("saga", new SagaStage());
        known.put("life", new LifeStage(underWay));
        known.put("visible", new VisibleStage(rate));
        OnReadTables questions = new Questions();
        OnReadTables rebuild = new LiveRebuild(throttle);
        known.put("reading", new ReadingStage("reading", List.of(questions, rebuild)));
        known.put("start", new StartStage());
        known.put("memory", new MemoryStage(underWay));
        List<Stage> chosen = new ArrayList<>();
        for (String name : wanted.isEmpty() ? known.keySet() : wanted) {
            Stage stage = known.get(name);
            if (stage == null) {
                throw new ParameterException(
                        spec.commandLine(), "there is no stage " + name + ": use " + known.keySet());
            }
            chosen.add(stage);
        }
        return chosen;
    }

    private Course course(Path work, long before) {
        return new Course(
                home,
                work,
                machines(),
                Duration.ofMillis((long) (seconds * 1000)),
                Duration.ofMillis((long) (warmUp * 1000)),
                rounds,
                events,
                before,
                Bench::say);
    }

    private @Nullable Given given() {
        try {
            return Given.in(System.getenv());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private Machines machines() {
        return Machines.USUAL.withService(java).withPostgres(postgres).on(given());
    }

    private String settings() {
        return "%d rounds of %.0f s (backlogs: of %,d events) after %.0f s of warm-up; services %s; PostgreSQL %s"
                .formatted(
                        rounds,
                        seconds,
                        events,
                        warmUp,
                        String.join(" ", java),
                        given() == null ? machines().postgres() : "and Kafka as they were given");
    }

    private String command() {
        return "./orderflow "
                + String.join(
                        " ", spec.commandLine().getParent().getParseResult().originalArgs());
    }

    private static void say(String line) {
        System.out.println("  " + LocalTime.now().format(TIME) + "  " + line);
    }
}
