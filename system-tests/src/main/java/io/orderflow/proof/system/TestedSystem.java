package io.orderflow.proof.system;

import io.orderflow.proof.system.Part.Kind;
import io.orderflow.servers.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * PostgreSQL, Kafka and some nodes of each service, each in processes of its own, on loopback; all they keep and say stands
 * in one folder. Nodes that end by themselves are started again.
 */
public final class TestedSystem implements AutoCloseable {

    private static final Duration LOOK = Duration.ofMillis(250);

    private final Database database;
    private final BrokerProcess broker;
    private final List<ServiceNode> nodes = new ArrayList<>();
    private final int nodesEach;
    private final Map<Kind, ServiceNode> spares = new HashMap<>();
    private final Consumer<String> tell;
    private final Thread supervisor;
    private volatile boolean closed;

    /**
     * @param home of the built project: the services' jars are taken from it
     * @param folder for data, logs and unpacked services
     * @param nodesEach of every service
     */
    public TestedSystem(Path home, Path folder, int nodesEach, Consumer<String> tell) {
        Path logs = folder.resolve("logs");
        Ports ports = new Ports();
        try {
            Files.createDirectories(logs);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.tell = tell;
        this.nodesEach = nodesEach;
        this.database = new Database(folder.resolve("postgres"), ports.next());
        this.broker = new BrokerProcess(folder.resolve("kafka"), logs, ports.next());
        for (Service service : Service.values()) {
            Path app = service.unpacked(home, folder.resolve("apps"));
            for (int number = 1; number <= nodesEach + 1; number++) {
                ServiceNode node = new ServiceNode(
                        service.folder() + "-" + number, service.kind(), app, logs, ports.next(), settings(service));
                if (number <= nodesEach) {
                    nodes.add(node);
                } else {
                    spares.put(service.kind(), node);
                }
            }
        }
        this.supervisor = Thread.ofPlatform().name("supervisor").unstarted(this::supervise);
    }

    private Map<String, String> settings(Service service) {
        Map<String, String> settings = new HashMap<>(service.settings());
        settings.put("ORDERFLOW_DB_URL", database.url() + "?currentSchema=" + service.schema());
        settings.put("ORDERFLOW_DB_USER", PostgresServer.USER);
        settings.put("ORDERFLOW_DB_PASSWORD", "");
        settings.put("ORDERFLOW_KAFKA", broker.bootstrapServers());
        return settings;
    }

    /** Starts everything but the spare nodes, and waits until it is ready. */
    public void start() {
        tell.accept("PostgreSQL and Kafka are starting");
        broker.start();
        database.start();
        awaitReady(List.of(broker, database));
        if (nodesEach > 1) { // they are killed and started all the time
            train();
        }
        tell.accept("command-side, saga and query-side are starting");
        nodes.forEach(Part::start);
        awaitReady(List.copyOf(nodes));
        supervisor.start();
    }

    private void train() {
        tell.accept("command-side, saga and query-side start once, to start faster from then on");
        List<ServiceNode> first = Arrays.stream(Kind.values())
                .flatMap(kind -> nodes(kind).stream().limit(1))
                .toList();
        first.forEach(ServiceNode::train);
        awaitReady(List.copyOf(first));
        first.parallelStream().forEach(ServiceNode::endTraining); // each has a processor busy for a while
    }

    private void awaitReady(List<Part> parts) {
        long limit = System.nanoTime() + Duration.ofMinutes(3).toNanos();
        while (!parts.stream().allMatch(Part::isReady)) {
            if (System.nanoTime() > limit) {
                throw new IllegalStateException("not ready: "
                        + parts.stream()
                                .filter(part -> !part.isReady())
                                .map(Part::name)
                                .toList());
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    private void supervise() {
        while (!closed) {
            javaProcesses()
                    .forEach(process -> process.supervise(exit -> tell.accept(process.name()
                            + " has ended by itself with exit code " + exit + ", and is started again")));
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
        }
    }

    /** How often nodes have ended by themselves, and were started again. */
    public int unplannedExits() {
        return javaProcesses().mapToInt(JavaProcess::unplannedExits).sum();
    }

    private Stream<JavaProcess> javaProcesses() {
        return Stream.concat(Stream.of(broker), Stream.concat(nodes.stream(), spares.values().stream()));
    }

    /** Starts whatever does not run, but for spare nodes, which stop; waits until everything is ready. */
    public void restore() {
        spares.values().forEach(Part::stop);
        List<Part> parts = parts();
        parts.forEach(Part::thaw);
        parts.forEach(Part::start);
        awaitReady(parts);
    }

    /** All that belongs to it always. */
    public List<Part> parts() {
        List<Part> all = new ArrayList<>(List.of(database, broker));
        all.addAll(nodes);
        return all;
    }

    public List<ServiceNode> nodes(Kind kind) {
        return nodes.stream().filter(node -> node.kind() == kind).toList();
    }

    /** A third node, which can be added. */
    public ServiceNode spare(Kind kind) {
        ServiceNode spare = spares.get(kind);
        if (spare == null) {
            throw new IllegalArgumentException("there is no third " + kind);
        }
        return spare;
    }

    public Part part(String name) {
        return Stream.concat(parts().stream(), spares.values().stream())
                .filter(part -> part.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no part " + name));
    }

    /** Ends Kafka and deletes its data; starting it makes an empty one. */
    public void loseKafka() {
        broker.lose();
    }

    /** From its next start on, a node dates events by a clock that goes wrong by so many seconds. */
    public void setClock(String node, int seconds) {
        ((ServiceNode) part(node)).setClock(seconds);
    }

    public Database database() {
        return database;
    }

    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    /** Where the nodes of a service answer. */
    public List<URI> addresses(Kind kind) {
        return nodes(kind).stream().map(ServiceNode::address).toList();
    }

    @Override
    public void close() {
        closed = true;
        List<Part> all = new ArrayList<>(spares.values());
        all.addAll(parts().reversed());
        for (Part part : all) {
            if (part.isRunning()) {
                // what it keeps was proved by kills; here it only has to be gone
                part.kill();
            }
        }
    }
}
