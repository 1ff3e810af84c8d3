package io.orderflow.servers;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;

/**
 * A real Kafka broker (KRaft, one node) in this process, whose topics stay in a folder. Listens on 127.0.0.1 only. It can
 * be stopped and started again on the same data and port.
 */
public final class KafkaServer implements AutoCloseable {

    private static final int NODE = 1;

    private final Path logs;
    private final int port;
    private final int controllerPort;
    private final Map<String, String> settings;
    private @Nullable KafkaRaftServer server;

    private KafkaServer(Path folder, int port, Map<String, String> settings) {
        this.logs = folder.toAbsolutePath().normalize().resolve("logs");
        this.port = port;
        this.controllerPort = FreePort.choose();
        this.settings = settings;
    }

    /**
     * Starts on a port of its own choice.
     *
     * @param folder holds the topics; made when missing
     */
    public static KafkaServer start(Path folder) {
        return start(folder, FreePort.choose(), Map.of());
    }

    /**
     * Starts on the given port.
     *
     * @param settings more broker settings, or others than ours
     */
    public static KafkaServer start(Path folder, int port, Map<String, String> settings) {
        KafkaServer server = new KafkaServer(folder, port, settings);
        server.start();
        return server;
    }

    /** Starts again after {@link #stop()}; does nothing while it runs. Returns when clients can connect. */
    public synchronized void start() {
        if (server == null) {
            format();
            KafkaRaftServer starting = new KafkaRaftServer(new KafkaConfig(brokerSettings(), false), Time.SYSTEM);
            server = starting;
            starting.startup();
        }
    }

    /** Stops cleanly: what clients were told is stored is on disk. */
    public synchronized void stop() {
        if (server != null) {
            server.shutdown();
            server.awaitShutdown();
            server = null;
        }
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void close() {
        stop();
    }

    private void format() {
        if (Files.exists(logs.resolve("meta.properties"))) {
            return;
        }
        try {
            Files.createDirectories(logs);
            new Formatter()
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(NODE)
                    .setControllerListenerName("CONTROLLER")
                    .setMetadataLogDirectory(logs.toString())
                    .addDirectory(logs.toString())
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .setIgnoreFormatted(true)
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8))
                    .run();
        } catch (Exception e) {
            throw new IllegalStateException("Kafka cannot use the folder " + logs, e);
        }
    }

    private Map<String, String> brokerSettings() {
        Map<String, String> all = new HashMap<>();
        all.put("process.roles", "broker,controller");
        all.put("node.id", Integer.toString(NODE));
        all.put("controller.quorum.voters", NODE + "@127.0.0.1:" + controllerPort);
        all.put("listeners", "CLIENTS://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        all.put("advertised.listeners", "CLIENTS://127.0.0.1:" + port);
        all.put("listener.security.protocol.map", "CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT");
        all.put("inter.broker.listener.name", "CLIENTS");
        all.put("controller.listener.names", "CONTROLLER");
        all.put("log.dirs", logs.toString());
        all.put("auto.create.topics.enable", "false");
        all.put("log.retention.ms", "-1");
        all.put("broker.heartbeat.interval.ms", "500");
        all.putAll(settingsOfASingleNode());
        all.putAll(settings);
        return all;
    }

    private static Map<String, String> settingsOfASingleNode() {
        return Map.of(
                "offsets.topic.replication.factor", "1",
                "offsets.topic.num.partitions", "4",
                "transaction.state.log.replication.factor", "1",
                "transaction.state.log.min.isr", "1",
                "transaction.state.log.num.partitions", "4",
                "share.coordinator.state.topic.replication.factor", "1",
                "share.coordinator.state.topic.min.isr", "1",
                "group.initial.rebalance.delay.ms", "0",
                "group.min.session.timeout.ms", "1000",
                // after a kill the controller waits for the old broker's session to end
                "broker.session.timeout.ms", "2000");
    }
}
