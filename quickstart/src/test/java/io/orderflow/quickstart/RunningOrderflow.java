package io.orderflow.quickstart;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The quickstart as people run it: its own process, from the built jar. */
final class RunningOrderflow implements AutoCloseable {

    private static final Pattern READY = Pattern.compile("ready after .* s: (\\S+)");
    private static final Pattern POSTGRES = Pattern.compile("PostgreSQL +(jdbc:\\S+)");
    private static final Pattern KAFKA = Pattern.compile("Kafka +([0-9.]+:[0-9]+)");

    private final Process process;
    private final List<String> lines = new ArrayList<>();
    private final CompletableFuture<URI> ready = new CompletableFuture<>();
    private String database = "";
    private String broker = "";

    private RunningOrderflow(Process process) {
        this.process = process;
        Thread.ofVirtual().start(this::read);
    }

    static RunningOrderflow up(Path data, int port, String... more) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseParallelGC",
                "-Xmx1g",
                "--enable-native-access=ALL-UNNAMED",
                "-jar",
                jar().toString(),
                "up",
                "--data",
                data.toString(),
                "--port",
                Integer.toString(port)));
        command.addAll(List.of(more));
        try {
            return new RunningOrderflow(
                    new ProcessBuilder(command).redirectErrorStream(true).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path jar() {
        try (var files = Files.list(Path.of("target"))) {
            return files.filter(file -> file.toString().endsWith("-exec.jar"))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read() {
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                synchronized (lines) {
                    lines.add(line);
                }
                Matcher postgres = POSTGRES.matcher(line);
                database = postgres.find() ? postgres.group(1) : database;
                Matcher kafka = KAFKA.matcher(line);
                broker = kafka.find() ? kafka.group(1) : broker;
                Matcher isReady = READY.matcher(line);
                if (isReady.find()) {
                    ready.complete(URI.create(isReady.group(1)));
                }
            }
        } catch (IOException e) {
            ready.completeExceptionally(e);
        }
        ready.completeExceptionally(new IllegalStateException("it ended before it was ready: " + output()));
    }

    /** Waits until it says that it is ready. */
    URI origin() {
        return ready.orTimeout(120, TimeUnit.SECONDS).join();
    }

    String database() {
        return database;
    }

    String broker() {
        return broker;
    }

    String output() {
        synchronized (lines) {
            return String.join("\n", lines);
        }
    }

    /** kill -9 */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** Waits until it has ended by itself. */
    int awaitEnd() {
        try {
            if (!process.waitFor(90, TimeUnit.SECONDS)) {
                throw new IllegalStateException("it does not end: " + output());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** As Ctrl-C does. */
    @Override
    public void close() {
        process.destroy();
        awaitEnd();
    }
}
