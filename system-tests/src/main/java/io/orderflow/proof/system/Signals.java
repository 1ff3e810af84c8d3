package io.orderflow.proof.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Sends POSIX signals that Java has no words for. */
final class Signals {

    private Signals() {}

    /** SIGSTOP to all of {@code processes}; those that are gone are passed over. */
    static void stop(List<ProcessHandle> processes) {
        send("-STOP", processes);
    }

    /** SIGCONT to all of {@code processes}. */
    static void go(List<ProcessHandle> processes) {
        send("-CONT", processes);
    }

    /** SIGINT, which PostgreSQL takes for the order to stop fast. */
    static void interrupt(ProcessHandle process) {
        send("-INT", List.of(process));
    }

    /** SIGQUIT, which a Java virtual machine takes for the order to print what its threads are doing. */
    static void askForThreads(ProcessHandle process) {
        send("-QUIT", List.of(process));
    }

    private static void send(String signal, List<ProcessHandle> processes) {
        if (processes.isEmpty()) {
            return;
        }
        List<String> command = new ArrayList<>(List.of("kill", signal));
        processes.forEach(process -> command.add(Long.toString(process.pid())));
        try {
            // it says so when one of them has just ended, and has signalled the others
            var unused = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A process and all below it. */
    static List<ProcessHandle> family(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants()).toList();
    }
}
