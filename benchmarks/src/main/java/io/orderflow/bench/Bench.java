package io.orderflow.bench;

import io.orderflow.bench.bed.Folders;
import io.orderflow.bench.bed.Machines;
import io.orderflow.bench.measure.Figure;
import io.orderflow.bench.report.Environment;
import io.orderflow.bench.report.Json;
import io.orderflow.bench.report.Page;
import io.orderflow.bench.report.Results;
import io.orderflow.bench.stage.AcceptStage;
import io.orderflow.bench.stage.Course;
import io.orderflow.bench.stage.Stage;
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

    @Parameters(paramLabel = "STAGE", description = "accept (default: all)")
    private List<String> wanted = new ArrayList<>();

    @Option(names = "--seconds", description = "length of a round", defaultValue = "10")
    private double seconds;

    @Option(names = "--warm-up", description = "seconds before the first round", defaultValue = "20")
    private double warmUp;

    @Option(names = "--rounds", description = "of which the median counts", defaultValue = "3")
    private int rounds;

    @Option(names = "--clients", split = ",", description = "of accept; several numbers", defaultValue = "64")
    private List<Integer> clients = List.of(64);

    @Option(
            names = "--java",
            split = " ",
            description = "what the services' Java virtual machines are told",
            defaultValue = "-XX:+UseParallelGC -Xmx512m")
    private List<String> java = Machines.USUAL.service();

    @Option(names = "--report", description = "folder for the results", defaultValue = "bench")
    private Path report = Path.of("bench");

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
        List<Figure> figures = new ArrayList<>();
        for (Stage stage : stages()) {
            figures.addAll(stage.measure(course(folder.resolve("work"))));
        }
        Results results = new Results(Environment.here(home, settings(), command()), figures);
        Files.writeString(folder.resolve("latest.json"), Json.of(results));
        System.out.println(Page.of(results));
        System.out.println("  Figures: " + folder.resolve("latest.json"));
        return 0;
    }

    private List<Stage> stages() {
        Map<String, Stage> known = new LinkedHashMap<>();
        known.put("accept", new AcceptStage(clients));
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

    private Course course(Path work) {
        return new Course(
                home,
                work,
                new Machines(java, Machines.USUAL.kafka(), Machines.USUAL.postgres()),
                Duration.ofMillis((long) (seconds * 1000)),
                Duration.ofMillis((long) (warmUp * 1000)),
                rounds,
                Bench::say);
    }

    private String settings() {
        return "%d rounds of %.0f s after %.0f s of warm-up; services %s"
                .formatted(rounds, seconds, warmUp, String.join(" ", java));
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
