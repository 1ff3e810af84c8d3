package io.orderflow.proof.system;

import io.orderflow.proof.system.Part.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The three services, and what the proof sets otherwise than their defaults: patience, so that faults outlast it. */
public enum Service {
    COMMAND_SIDE("command-side", "command", Kind.COMMAND_SIDE, Map.of()),
    SAGA(
            "saga",
            "saga",
            Kind.SAGA,
            Map.of(
                    "ORDERFLOW_FULFILMENT_TIMELIMIT", "60s",
                    "ORDERFLOW_WORK_TIMELIMIT", "2s",
                    "ORDERFLOW_WORK_LEASE", "6s",
                    "ORDERFLOW_WORK_LONGESTBACKOFF", "5s")),
    QUERY_SIDE("query-side", "query", Kind.QUERY_SIDE, Map.of());

    private final String folder;
    private final String schema;
    private final Kind kind;
    private final Map<String, String> settings;

    Service(String folder, String schema, Kind kind, Map<String, String> settings) {
        this.folder = folder;
        this.schema = schema;
        this.kind = kind;
        this.settings = settings;
    }

    public String folder() {
        return folder;
    }

    public String schema() {
        return schema;
    }

    public Kind kind() {
        return kind;
    }

    Map<String, String> settings() {
        return settings;
    }

    /** The service's jar with its libraries beside it: it starts faster than with them inside. */
    public Path unpacked(Path home, Path folderOfApps) {
        Path app = folderOfApps.resolve(folder);
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djarmode=tools",
                "-jar",
                jar(home).toString(),
                "extract",
                "--force",
                "--destination",
                app.toString(),
                "--application-filename",
                "app.jar");
        try {
            Files.createDirectories(folderOfApps);
            int exit = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new IllegalStateException(folder + " cannot be unpacked: exit code " + exit);
            }
            return app.resolve("app.jar");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Path jar(Path home) {
        Path target = home.resolve(folder).resolve("target").toAbsolutePath().normalize();
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> file.toString().endsWith("-exec.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no runnable jar in " + target + "; build it first"));
        } catch (IOException e) {
            throw new UncheckedIOException("no runnable jar in " + target + "; build it first", e);
        }
    }
}
