package io.orderflow.proof.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** A part that is a Java virtual machine of its own. */
public abstract class JavaProcess implements Part {

    private static final Duration STOP_LIMIT = Duration.ofMinutes(1);

    private final String name;
    private final Kind kind;
    private final Path log;
    private final AtomicInteger unplannedExits = new AtomicInteger();
    private @Nullable Process process;
    private boolean wanted;

    JavaProcess(String name, Kind kind, Path logs) {
        this.name = name;
        this.kind = kind;
        this.log = logs.resolve(name + ".log");
    }

    /** What stands behind {@code java}. */
    abstract List<String> arguments();

    abstract Map<String, String> environment();

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final Kind kind() {
        return kind;
    }

    @Override
    public final synchronized void start() {
        wanted = true;
        if (!isRunning()) {
            process = launch();
        }
    }

    private Process launch() {
        ProcessBuilder builder = new ProcessBuilder();
        builder.command()
                .add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        builder.command().addAll(arguments());
        // what this JVM was started with is not meant for the parts
        builder.environment().keySet().removeIf(key -> key.startsWith("ORDERFLOW_") || key.startsWith("SPRING_"));
        builder.environment().putAll(environment());
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be started", e);
        }
    }

    /** Starts it again when it has ended without having been told to, as whoever runs services does. */
    final synchronized void supervise(IntConsumer exited) {
        if (wanted && process != null && !process.isAlive()) {
            unplannedExits.incrementAndGet();
            exited.accept(process.exitValue());
            process = launch();
        }
    }

    /** How often it has ended by itself. */
    final int unplannedExits() {
        return unplannedExits.get();
    }

    @Override
    public final synchronized void kill() {
        wanted = false;
        if (process != null) {
            process.destroyForcibly();
            awaitEnd(process, STOP_LIMIT);
        }
    }

    @Override
    public final synchronized void freeze() {
        if (process != null) {
            Signals.stop(List.of(process.toHandle()));
        }
    }

    @Override
    public final synchronized void thaw() {
        if (process != null) {
            Signals.go(List.of(process.toHandle()));
        }
    }

    @Override
    public final void stop() {
        stop(STOP_LIMIT);
    }

    /** @param limit after which it is killed, and that it did not stop is thrown */
    final synchronized void stop(Duration limit) {
        wanted = false;
        if (process != null) {
            process.destroy();
            awaitEnd(process, limit);
        }
    }

    private void awaitEnd(Process ending, Duration limit) {
        try {
            if (!ending.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("%s does not end within %d s; its threads:%n%s"
                        .formatted(name, limit.toSeconds(), threadsOf(ending)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What its threads are doing, as it says itself; then it is killed. */
    private String threadsOf(Process stuck) throws IOException, InterruptedException {
        try {
            int before = (int) Files.size(log);
            Signals.askForThreads(stuck.toHandle());
            boolean unused = stuck.waitFor(2, TimeUnit.SECONDS);
            byte[] said = Files.readAllBytes(log);
            return new String(said, before, said.length - before, StandardCharsets.UTF_8);
        } finally {
            stuck.destroyForcibly();
        }
    }

    @Override
    public final synchronized boolean isRunning() {
        return process != null && process.isAlive();
    }

    /** Of its process; -1 when it was never started. */
    public final synchronized long pid() {
        return process == null ? -1 : process.pid();
    }

    /** Whether somebody listens on {@code port}. */
    static boolean listens(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
