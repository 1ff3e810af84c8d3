package io.orderflow.bench.bed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The memory that processes have held at most; known on Linux only. */
public final class Resident {

    private static final String PEAK = "VmHWM:";

    private Resident() {}

    /** Bytes, by name; of families of processes, which share memory, that of the largest member. */
    public static Map<String, Long> most(Map<String, List<ProcessHandle>> processes) {
        Map<String, Long> most = new LinkedHashMap<>();
        processes.forEach((name, family) -> family.stream()
                .map(process -> Path.of("/proc", Long.toString(process.pid()), "status"))
                .filter(Files::exists)
                .mapToLong(Resident::peak)
                .max()
                .ifPresent(bytes -> most.put(name, bytes)));
        return most;
    }

    private static long peak(Path status) {
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith(PEAK))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
