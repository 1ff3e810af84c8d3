package io.orderflow.proof.system;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A node of one of the three services, from the service's own runnable jar, configured by its environment. */
public class ServiceNode extends JavaProcess {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** Small, and quick to start: what the proof looks at is not speed. */
    private static final List<String> FRUGAL = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx384m");

    /** Behind the end of the service the JVM prepares its classes: a dozen seconds of a processor that others want, too. */
    private static final Duration PREPARING_LIMIT = Duration.ofMinutes(4);

    private final Path app;
    private final Path classes;
    private final int port;
    private final List<String> jvm;
    private final Map<String, String> environment;
    private volatile int clock;
    private volatile boolean training;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    ServiceNode(String name, Kind kind, Path app, Path logs, int port, Map<String, String> settings) {
        this(name, kind, app, logs, port, settings, FRUGAL);
    }

    /**
     * @param app the service's jar, its libraries beside it
     * @param settings environment variables
     * @param jvm what its Java virtual machine is told
     */
    public ServiceNode(
            String name, Kind kind, Path app, Path logs, int port, Map<String, String> settings, List<String> jvm) {
        super(name, kind, logs);
        this.jvm = List.copyOf(jvm);
        this.app = app;
        this.classes = app.resolveSibling("classes.aot");
        this.port = port;
        this.environment = new TreeMap<>(settings);
        environment.put("SERVER_ADDRESS", "127.0.0.1");
        environment.put("SERVER_PORT", Integer.toString(port));
    }

    @Override
    List<String> arguments() {
        List<String> arguments = new ArrayList<>(jvm);
        arguments.addAll(List.of(
                "-XX:+ExitOnOutOfMemoryError",
                "-Daxoniq.update-checker.disabled=true",
                "--enable-native-access=ALL-UNNAMED"));
        if (training) {
            arguments.add("-XX:AOTCacheOutput=" + classes);
        } else if (Files.exists(classes)) {
            arguments.add("-XX:AOTCache=" + classes);
        }
        if (clock == 0) {
            arguments.addAll(program());
        } else {
            arguments.addAll(List.of("-cp", app + File.pathSeparator + WrongClockMain.location()));
            arguments.addAll(List.of(WrongClockMain.class.getName(), app.toString(), Integer.toString(clock)));
        }
        return arguments;
    }

    /** What is run, by the machine's own arguments. */
    protected List<String> program() {
        return List.of("-jar", app.toString());
    }

    /** When it stops for the first time, it leaves its classes for all nodes of its service, which then start faster. */
    public void train() {
        training = true;
        start();
    }

    public void endTraining() {
        stop(PREPARING_LIMIT);
        training = false;
    }

    /**
     * Runs a command of the service's, where the node would run.
     *
     * @return its exit code
     */
    public int run(String command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", app.toString(), command);
        builder.environment().putAll(environment);
        return builder.inheritIO().start().waitFor();
    }

    void setClock(int seconds) {
        clock = seconds;
    }

    @Override
    Map<String, String> environment() {
        return environment;
    }

    /** Where it answers. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    @Override
    public boolean isReady() {
        if (!isRunning()) {
            return false;
        }
        try {
            HttpRequest question = HttpRequest.newBuilder(address().resolve("/actuator/health/readiness"))
                    .timeout(PATIENCE)
                    .build();
            return client.send(question, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
