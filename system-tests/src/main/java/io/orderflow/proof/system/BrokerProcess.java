package io.orderflow.proof.system;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Kafka, one broker, in a JVM of its own. */
final class BrokerProcess extends JavaProcess {

    private final Path folder;
    private final int port;

    BrokerProcess(Path folder, Path logs, int port) {
        super("kafka", Kind.KAFKA, logs);
        this.folder = folder;
        this.port = port;
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
