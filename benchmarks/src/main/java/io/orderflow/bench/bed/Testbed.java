package io.orderflow.bench.bed;

import io.orderflow.proof.system.Folders;
import io.orderflow.proof.system.Part;
import io.orderflow.proof.system.Ports;
import io.orderflow.proof.system.Service;
import io.orderflow.proof.system.ServiceNode;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A PostgreSQL, a Kafka and one node of each service that is wanted, fresh, each a process of its own on loopback. All they
 * keep and say stands in one folder.
 */
public final class Testbed implements AutoCloseable {

    /** Of each topic: the services' default. */
    public static final int PARTITIONS = 12;

    /** Where yardsticks send. */
    public static final String YARDSTICK_TOPIC = "yardstick";

    /** Where the framework's relay publishes. */
    public static final String STOCK_TOPIC = "stock";

    private static final Duration LOOK = Duration.ofMillis(20);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Path home;
    private final Path folder;
    private final Machines machines;
    private final Ports ports = new Ports();
    private final Servers servers;
    private final Map<Service, Path> apps = new EnumMap<>(Service.class);
    private final Map<Service, ServiceNode> nodes = new EnumMap<>(Service.class);
    private final List<ServiceNode> others = new ArrayList<>();

    private final Thread atExit = new Thread(this::end);

    /**
     * @param home of the built project: the services' jars are taken from it
     * @param folder for data, logs and unpacked services; nothing of an earlier run may be in it
     */
    public Testbed(Path home, Path folder, Machines machines) {
        this.home = home;
        this.folder = folder;
        this.machines = machines;
        Folders.made(folder.resolve("logs"));
        Given given = machines.given();
        this.servers = given == null ? new OwnServers(folder, machines, ports) : new GivenServers(given);
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** Starts PostgreSQL. */
    public Testbed withDatabase() {
        servers.startDatabase();
        return this;
    }

    /** Starts Kafka. */
    public Testbed withKafka() {
        servers.startKafka();
        return this;
    }

    /** Starts a node of the service and waits until it is ready. */
    public ServiceNode start(Service service, Map<String, String> settings) {
        ServiceNode node = nodes.computeIfAbsent(service, wanted -> node(wanted, wanted.folder(), settings));
        start(node);
        return node;
    }

    public ServiceNode start(Service service) {
        return start(service, Map.of());
    }

    /**
     * Starts one more node of a service, whose costs are not told: it may be killed meanwhile, and starts again with classes
     * that are prepared for it.
     */
    public ServiceNode startAnother(Service service) {
        ServiceNode node = node(service, service.folder() + "-" + (2 + others.size()), Map.of());
        others.add(node);
        node.train();
        awaitReady(node);
        node.endTraining();
        start(node);
        return node;
    }

    /**
     * Starts what stands in for a service, from the class path of this program.
     *
     * @param service that does not run
     */
    public ServiceNode startStock(Service service, Class<?> program) {
        ServiceNode node = new StockNode(
                service.kind(),
                program,
                folder.resolve("logs"),
                ports.next(),
                environment(service, Map.of()),
                machines.service());
        nodes.put(service, node);
        start(node);
        return node;
    }

    private ServiceNode node(Service service, String name, Map<String, String> settings) {
        return new ServiceNode(
                name,
                service.kind(),
                apps.computeIfAbsent(service, wanted -> wanted.unpacked(home, folder.resolve("apps"))),
                folder.resolve("logs"),
                ports.next(),
                environment(service, settings),
                machines.service());
    }

    private Map<String, String> environment(Service service, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("ORDERFLOW_DB_URL", servers.url() + "?currentSchema=" + service.schema());
        all.put("ORDERFLOW_DB_USER", servers.user());
        all.put("ORDERFLOW_DB_PASSWORD", servers.password());
        all.put("ORDERFLOW_KAFKA", servers.bootstrapServers());
        return all;
    }

    /** Starts it, and waits until it is ready. */
    public static void start(Part part) {
        part.start();
        awaitReady(part);
    }

    private static void awaitReady(Part part) {
        long limit = System.nanoTime() + PATIENCE.toNanos();
        while (!part.isReady()) {
            if (!part.isRunning() || System.nanoTime() > limit) {
                throw new IllegalStateException(part.name() + " does not start; see its log");
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    public Connection connect() throws SQLException {
        return servers.connect();
    }

    public String bootstrapServers() {
        return servers.bootstrapServers();
    }

    /** Where a service that was started answers. */
    public URI address(Service service) {
        return node(service).address();
    }

    /** The node of a service that was started. */
    public ServiceNode node(Service service) {
        ServiceNode node = nodes.get(service);
        if (node == null) {
            throw new IllegalStateException(service + " was not started");
        }
        return node;
    }

    /** What runs here, by name: PostgreSQL with all its backends, Kafka, the services. */
    public Map<String, List<ProcessHandle>> processes() {
        Map<String, List<ProcessHandle>> running = new LinkedHashMap<>();
        nodes.values().stream()
                .filter(Part::isRunning)
                .forEach(node -> running.put(
                        node.name(), List.of(ProcessHandle.of(node.pid()).orElseThrow())));
        running.putAll(servers.processes());
        running.values().removeIf(List::isEmpty);
        return running;
    }

    /** The services that run, by name. */
    public Map<String, Long> virtualMachines() {
        Map<String, Long> pids = new LinkedHashMap<>();
        nodes.values().stream().filter(Part::isRunning).forEach(node -> pids.put(node.name(), node.pid()));
        return pids;
    }

    /** Ends everything, and drops what it kept; logs stay until the next run. */
    @Override
    public void close() {
        end();
        Runtime.getRuntime().removeShutdownHook(atExit);
        Folders.delete(folder.resolve("kafka"));
        Folders.delete(folder.resolve("postgres"));
    }

    private void end() {
        Stream.concat(nodes.values().stream(), others.stream())
                .filter(Part::isRunning)
                .forEach(Part::kill);
        servers.end();
    }
}
