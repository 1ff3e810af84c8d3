package io.orderflow.proof.system;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Kafka, one broker, in a JVM of its own. */
public final class BrokerProcess extends JavaProcess {

    /** Small, and quick to start: what the proof looks at is not speed. */
    private static final List<String> FRUGAL = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx384m");

    private final Path folder;
    private final int port;
    private final List<String> jvm;

    BrokerProcess(Path folder, Path logs, int port) {
        this(folder, logs, port, FRUGAL);
    }

    /** @param jvm what its Java virtual machine is told */
    public BrokerProcess(Path folder, Path logs, int port, List<String> jvm) {
        super("kafka", Kind.KAFKA, logs);
        this.jvm = List.copyOf(jvm);
        this.folder = folder;
        this.port = port;
    }

    /** As when its disks burn: it ends, and nothing of it is left. */
    void lose() {
        kill();
        Folders.delete(folder);
    }

    @Override
    List<String> arguments() {
        List<String> arguments = new ArrayList<>(jvm);
        arguments.addAll(List.of("-cp", System.getProperty("java.class.path"), BrokerMain.class.getName()));
        arguments.addAll(List.of(folder.toString(), Integer.toString(port)));
        return arguments;
    }

    @Override
    Map<String, String> environment() {
        return Map.of();
    }

    @Override
    public boolean isReady() {
        return isRunning() && listens(port);
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }
}
