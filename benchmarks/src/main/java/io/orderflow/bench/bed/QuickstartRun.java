package io.orderflow.bench.bed;

import io.orderflow.proof.load.Client;
import io.orderflow.proof.system.Ports;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The quickstart as {@code ./orderflow up} starts it once it is built. */
public final class QuickstartRun implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final Path APP = Path.of("quickstart", "target", "app");

    private final Process process;
    private final URI address;
    private final Client client = new Client(Duration.ofSeconds(5));

    /**
     * @param options of its JVM
     * @param data folder for what it keeps
     */
    public QuickstartRun(Path home, List<String> options, Path data, Path log) throws IOException {
        int port = new Ports().next();
        this.address = URI.create("http://127.0.0.1:" + port);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseParallelGC",
                "-Xmx1g",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Daxoniq.update-checker.disabled=true"));
        command.addAll(options);
        command.addAll(List.of(
                "-jar",
                home.resolve(APP).resolve("app.jar").toString(),
                "up",
                "--data",
                data.toString(),
                "--port",
                Integer.toString(port)));
        this.process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    /** Has the classes of the build kept, unless they are; where they are. */
    public static Path prepare(Path home, Path log) throws IOException, InterruptedException {
        Path classes = home.resolve(APP).resolve("classes.aot");
        if (!Files.exists(classes)) {
            Process prepare = new ProcessBuilder(home.resolve("orderflow").toString(), "prepare")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            if (prepare.waitFor() != 0) {
                throw new IOException("the classes cannot be prepared; see " + log);
            }
        }
        return classes;
    }

    /** Returns as soon as an order was accepted. */
    public void awaitFirstOrder() {
        String order = "{\"customerId\":\"ada\",\"lines\":[{\"sku\":\"teapot\",\"quantity\":1}]}";
        long limit = System.nanoTime() + PATIENCE.toNanos();
        while (client.send(address, "POST", "/api/orders", order, Map.of()).status() != 201) {
            if (!process.isAlive() || System.nanoTime() > limit) {
                throw new IllegalStateException("the quickstart does not accept orders");
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("the quickstart does not stop");
        }
    }
}
