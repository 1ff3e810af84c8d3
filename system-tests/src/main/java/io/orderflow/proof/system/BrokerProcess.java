package io.orderflow.proof.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Kafka, one broker, in a JVM of its own. */
final class BrokerProcess extends JavaProcess {

    private final Path folder;
    private final int port;

    BrokerProcess(Path folder, Path logs, int port) {
        super("kafka", Kind.KAFKA, logs);
        this.folder = folder;
        this.port = port;
    }

    /** As when its disks burn: it ends, and nothing of it is left. */
    void lose() {
        kill();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    List<String> arguments() {
        return List.of(
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx384m",
                "-cp",
                System.getProperty("java.class.path"),
                BrokerMain.class.getName(),
                folder.toString(),
                Integer.toString(port));
    }

    @Override
    Map<String, String> environment() {
        return Map.of();
    }

    @Override
    public boolean isReady() {
        return isRunning() && listens(port);
    }

    String bootstrapServers() {
        return "127.0.0.1:" + port;
    }
}
