package io.orderflow.bench.report;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.AppInfoParser;

/**
 * On what, and of what, figures were taken.
 *
 * @param machine processors, memory and operating system
 * @param commit of the project; with a plus when files were changed since; {@code unknown} outside of git
 * @param java version of the Java virtual machine
 * @param kafka version of Kafka
 * @param settings in which the run differed from the defaults, or could have
 * @param command that repeats the run
 */
public record Environment(
        String machine, String commit, Instant at, String java, String kafka, String settings, String command) {

    /** Of this machine, now. */
    public static Environment here(Path home, String settings, String command) {
        return new Environment(
                processors() + ", " + memory() + ", " + System.getProperty("os.name") + " "
                        + System.getProperty("os.version") + " " + System.getProperty("os.arch"),
                commit(home),
                Instant.now().truncatedTo(ChronoUnit.SECONDS),
                Runtime.version().toString(),
                AppInfoParser.getVersion(),
                settings,
                command);
    }

    private static String processors() {
        return Runtime.getRuntime().availableProcessors() + " processors"
                + line(Path.of("/proc/cpuinfo"), "model name", " (%s)");
    }

    private static String memory() {
        long bytes = ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getTotalMemorySize();
        return "%.0f GB".formatted(bytes / 1e9);
    }

    /** The value of the first line that begins with {@code name}; empty where there is no such file. */
    private static String line(Path file, String name, String format) {
        if (!Files.exists(file)) {
            return "";
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(name))
                    .findFirst()
                    .map(line -> format.formatted(
                            line.substring(line.indexOf(':') + 1).strip()))
                    .orElse("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String commit(Path home) {
        String commit = git(home, "rev-parse", "--short=12", "HEAD");
        if (commit.isEmpty()) {
            return "unknown";
        }
        return git(home, "status", "--porcelain", "--untracked-files=no").isEmpty() ? commit : commit + "+";
    }

    private static String git(Path home, String... arguments) {
        try {
            Process process = new ProcessBuilder(Stream.concat(Stream.of("git"), Stream.of(arguments))
                            .toList())
                    .directory(home.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return ""; // no git here; the figures are as good without
        }
    }
}
