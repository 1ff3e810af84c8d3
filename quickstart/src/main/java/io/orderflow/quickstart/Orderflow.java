package io.orderflow.quickstart;

import io.orderflow.quickstart.frontdoor.FrontDoor;
import io.orderflow.servers.KafkaServer;
import io.orderflow.servers.PostgresServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Everything, running: PostgreSQL, Kafka, the three services, and the front door to them. What it is doing is told to the
 * given listener while it does it. Closing stops all in the reverse order of starting; everything is kept.
 */
public final class Orderflow implements AutoCloseable {

    private static final String DATABASE = "orderflow";
    private static final String CATALOGUE = "demo-catalogue";

    private final Consumer<String> tell;
    private final Deque<Part> parts = new ConcurrentLinkedDeque<>();
    private volatile boolean stopping;
    private URI origin = URI.create("http://localhost");

    private record Part(String name, AutoCloseable running) {}

    private Orderflow(Consumer<String> tell) {
        this.tell = tell;
    }

    /** @throws CannotStart when a port or the folder cannot be used */
    public static Orderflow up(UpOptions options, Consumer<String> tell) {
        Orderflow orderflow = new Orderflow(tell);
        orderflow.start(options);
        return orderflow;
    }

    /** Not yet started, so that its owner can close it while it starts. */
    static Orderflow notYetStarted(Consumer<String> tell) {
        return new Orderflow(tell);
    }

    /** @throws CannotStart when a port or the folder cannot be used */
    void start(UpOptions options) {
        try {
            startAll(options);
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private void startAll(UpOptions options) {
        // nothing may log before the folder is known to be ours: the log stands in it
        requireFree(options.port());
        DataFolder folder = running("the data folder", DataFolder.lock(options.data()));
        tell.accept("Data folder   " + folder);
        tell.accept("PostgreSQL    starting");
        tell.accept("Kafka         starting");
        var unused = LoggerFactory.getILoggerFactory(); // before several threads want it at the same time
        Parallel servers = new Parallel();
        Future<PostgresServer> postgres = servers.start(() -> startPostgres(folder));
        Future<KafkaServer> kafka = servers.start(() -> startKafka(folder));
        // open before the services are there: until then it tells those who ask to try again
        Future<FrontDoor> opened =
                servers.start(() -> running("the front door", FrontDoor.open(options.port(), Service.present())));
        servers.await();
        FrontDoor door = opened.resultNow();
        origin = URI.create("http://localhost:" + door.port());
        // who takes orders starts first, and the others when it does: they catch up with what it took
        List<Service> others = new ArrayList<>(Service.present());
        if (others.remove(Service.COMMAND)) {
            startServices(List.of(Service.COMMAND), postgres.resultNow(), kafka.resultNow(), door);
            loadCatalogue(folder);
            tell.accept("Orders        are accepted at " + origin);
        }
        startServices(others, postgres.resultNow(), kafka.resultNow(), door);
        if (others.contains(Service.QUERY)) {
            new ReadTables(RunningAt.at(origin)).await(tell, () -> !stopping);
        }
    }

    private void startServices(List<Service> services, PostgresServer postgres, KafkaServer kafka, FrontDoor door) {
        Parallel contexts = new Parallel();
        services.forEach(service -> {
            tell.accept("%-13s starting".formatted(service.configuration()));
            var unused = contexts.start(() -> {
                ConfigurableApplicationContext context =
                        running(service.configuration(), startService(service, postgres, kafka));
                String port = context.getEnvironment().getRequiredProperty("local.server.port");
                door.leadTo(service, URI.create("http://127.0.0.1:" + port));
                return context;
            });
        });
        contexts.await();
    }

    private void loadCatalogue(DataFolder folder) {
        if (!folder.hasDone(CATALOGUE)) {
            tell.accept("Catalogue     loading the demo products");
            new DemoCatalogue(origin).load();
            folder.done(CATALOGUE);
        }
    }

    private static void requireFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true); // else the connections of an earlier run keep the port for a minute
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (BindException e) {
            throw new CannotStart("port " + port + " is taken; stop who uses it, or choose another with --port");
        } catch (IOException e) {
            throw new CannotStart("port " + port + " cannot be used: " + e.getMessage());
        }
    }

    private PostgresServer startPostgres(DataFolder folder) {
        PostgresServer postgres = running("PostgreSQL", PostgresServer.start(folder.resolve("postgres")));
        postgres.createDatabase(DATABASE);
        tell.accept("PostgreSQL    " + postgres.jdbcUrl(DATABASE) + "?user=" + PostgresServer.USER);
        return postgres;
    }

    private KafkaServer startKafka(DataFolder folder) {
        KafkaServer kafka = running("Kafka", KafkaServer.start(folder.resolve("kafka")));
        tell.accept("Kafka         " + kafka.bootstrapServers());
        return kafka;
    }

    private static ConfigurableApplicationContext startService(
            Service service, PostgresServer postgres, KafkaServer kafka) {
        return new SpringApplicationBuilder(service.application())
                .registerShutdownHook(false)
                .run(
                        "--spring.config.name=" + service.configuration(),
                        "--spring.main.banner-mode=off",
                        "--server.address=127.0.0.1",
                        "--server.port=0",
                        "--server.forward-headers-strategy=framework",
                        "--ORDERFLOW_DB_URL=" + postgres.jdbcUrl(DATABASE) + "?currentSchema=" + service.path(),
                        "--ORDERFLOW_DB_USER=" + PostgresServer.USER,
                        "--ORDERFLOW_DB_PASSWORD=",
                        "--ORDERFLOW_KAFKA=" + kafka.bootstrapServers(),
                        "--orderflow.catalogue.open=true");
    }

    private <T extends AutoCloseable> T running(String name, T part) {
        parts.push(new Part(name, part));
        if (stopping) {
            close(); // what came up while the others were stopped
        }
        return part;
    }

    /** Whether something of it runs, and is not being stopped. */
    boolean isUp() {
        return !stopping && !parts.isEmpty();
    }

    /** Where to go. */
    public URI origin() {
        return origin;
    }

    @Override
    public void close() {
        stopping = true;
        for (Part part = parts.poll(); part != null; part = parts.poll()) {
            try {
                part.running().close();
            } catch (Exception e) {
                // the others must stop nevertheless
                LoggerFactory.getLogger(Orderflow.class).error("{} did not stop cleanly", part.name(), e);
            }
        }
    }
}
