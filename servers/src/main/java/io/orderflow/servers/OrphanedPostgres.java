package io.orderflow.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/** The PostgreSQL that goes on running when the process that had started it is killed. */
final class OrphanedPostgres {

    private static final int POLITE_SECONDS = 10;

    private OrphanedPostgres() {}

    /** Stops the server that runs on this data directory, if one does. Committed data survive either way of stopping. */
    static void stop(Path data) throws IOException {
        Optional<ProcessHandle> orphan = runningOn(data);
        if (orphan.isPresent() && !stopped(orphan.get(), ProcessHandle::destroy)) {
            boolean killed = stopped(orphan.get(), ProcessHandle::destroyForcibly);
            if (!killed) {
                throw new IOException("process " + orphan.get().pid() + " serves " + data + " and cannot be stopped");
            }
        }
    }

    private static Optional<ProcessHandle> runningOn(Path data) throws IOException {
        Path pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return Optional.empty();
        }
        long pid = Files.readAllLines(pidFile).stream()
                .findFirst()
                .map(line -> Long.parseLong(line.strip()))
                .orElse(0L);
        // after a reboot the number may belong to anybody: only a server of this very directory is ours to stop
        return ProcessHandle.of(pid).filter(process -> serves(process, data));
    }

    private static boolean serves(ProcessHandle process, Path data) {
        return process.info().arguments().stream().flatMap(Arrays::stream).anyMatch(data.toString()::equals);
    }

    private static boolean stopped(ProcessHandle process, Predicate<ProcessHandle> stop) {
        boolean asked = stop.test(process);
        try {
            if (asked || process.isAlive()) {
                process.onExit().get(POLITE_SECONDS, TimeUnit.SECONDS);
            }
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
