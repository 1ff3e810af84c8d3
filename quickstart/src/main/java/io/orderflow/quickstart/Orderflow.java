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
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
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
    private final Deque<Part> parts = new ArrayDeque<>();
    private final Map<Service, URI> services = new EnumMap<>(Service.class);
    private URI origin = URI.create("http://localhost");

    private record Part(String name, AutoCloseable running) {}

    private Orderflow(Consumer<String> tell) {
        this.tell = tell;
    }

    /** @throws CannotStart when a port or the folder cannot be used */
    public static Orderflow up(UpOptions options, Consumer<String> tell) {
        Orderflow orderflow = new Orderflow(tell);
        try {
            orderflow.start(options);
            return orderflow;
        } catch (RuntimeException | Error e) {
            orderflow.close();
            throw e;
        }
    }

    private void start(UpOptions options) {
        // nothing may log before the folder is known to be ours: the log stands in it
        requireFree(options.port());
        DataFolder folder = running("the data folder", DataFolder.lock(options.data()));
        tell.accept("Data folder   " + folder);
        PostgresServer postgres = startPostgres(folder);
        KafkaServer kafka = startKafka(folder);
        for (Service service : Service.present()) {
            startService(service, postgres, kafka);
        }
        FrontDoor door = running("the front door", FrontDoor.open(options.port(), services));
        origin = URI.create("http://localhost:" + door.port());
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
        tell.accept("PostgreSQL    starting");
        PostgresServer postgres = running("PostgreSQL", PostgresServer.start(folder.resolve("postgres")));
        postgres.createDatabase(DATABASE);
        tell.accept("PostgreSQL    " + postgres.jdbcUrl(DATABASE) + "?user=" + PostgresServer.USER);
        return postgres;
    }

    private KafkaServer startKafka(DataFolder folder) {
        tell.accept("Kafka         starting");
        KafkaServer kafka = running("Kafka", KafkaServer.start(folder.resolve("kafka")));
        tell.accept("Kafka         " + kafka.bootstrapServers());
        return kafka;
    }

    private void startService(Service service, PostgresServer postgres, KafkaServer kafka) {
        tell.accept("%-13s starting".formatted(service.configuration()));
        ConfigurableApplicationContext context = new SpringApplicationBuilder(service.application())
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
                        "--ORDERFLOW_NODE=quickstart",
                        "--orderflow.catalogue.open=true");
        running(service.configuration(), context);
        String port = context.getEnvironment().getRequiredProperty("local.server.port");
        services.put(service, URI.create("http://127.0.0.1:" + port));
    }

    private <T extends AutoCloseable> T running(String name, T part) {
        parts.push(new Part(name, part));
        return part;
    }

    /** Where to go. */
    public URI origin() {
        return origin;
    }

    @Override
    public void close() {
        while (!parts.isEmpty()) {
            Part part = parts.pop();
            try {
                part.running().close();
            } catch (Exception e) {
                // the others must stop nevertheless
                LoggerFactory.getLogger(Orderflow.class).error("{} did not stop cleanly", part.name(), e);
            }
        }
    }
}
