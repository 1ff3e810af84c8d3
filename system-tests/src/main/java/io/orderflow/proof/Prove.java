package io.orderflow.proof;

import io.orderflow.proof.report.Html;
import io.orderflow.proof.report.Json;
import io.orderflow.proof.report.Page;
import io.orderflow.proof.report.Report;
import io.orderflow.proof.system.Folders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "prove",
        description = "Starts everything as separate processes, puts load on it, kills and hinders it at random, and"
                + " compares all books afterwards. Exit code 0 when they agree.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class Prove implements Callable<Integer> {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    @Option(names = "--minutes", description = "how long things go wrong", defaultValue = "10")
    private double minutes;

    @Option(names = "--seed", description = "of the plan of faults; the same seed, the same plan (default: a new one)")
    private @Nullable Long seed;

    @Option(names = "--report", description = "folder for report.json and report.html", defaultValue = "proof")
    private Path report = Path.of("proof");

    @Option(names = "--rate", description = "requests in a second", defaultValue = "60")
    private double rate;

    @Option(names = "--clients", description = "clients at once", defaultValue = "24")
    private int clients;

    @Option(names = "--patience", description = "seconds in which all must be quiet afterwards", defaultValue = "300")
    private int patience;

    @Option(names = "--keep", description = "keep data and logs also when all books agree")
    private boolean keep;

    @Option(
            names = "--home",
            description = "folder of the built project",
            defaultValue = "${sys:orderflow.home:-.}",
            hidden = true)
    private Path home = Path.of(".");

    @Override
    public Integer call() throws Exception {
        long chosen = seed == null ? ThreadLocalRandom.current().nextLong(1_000_000) : seed;
        Path folder = report.toAbsolutePath().normalize();
        Path work = folder.resolve("work");
        Folders.delete(work);
        Folders.made(folder);
        say("seed " + chosen + "; data and logs in " + work);
        Report found = new Proof(
                        new Proof.Settings(
                                home,
                                work,
                                Duration.ofMillis((long) (minutes * 60_000)),
                                chosen,
                                clients,
                                rate,
                                Duration.ofSeconds(patience)),
                        Prove::say)
                .prove();
        Files.writeString(folder.resolve("report.json"), Json.of(found));
        Files.writeString(folder.resolve("report.html"), Html.of(found));
        System.out.println(Page.of(found));
        System.out.println("  Report: " + folder.resolve("report.html"));
        if (found.passes() && !keep) {
            Folders.delete(work);
        }
        return found.passes() ? 0 : 1;
    }

    private static void say(String line) {
        System.out.println("  " + LocalTime.now().format(TIME) + "  " + line);
    }
}
