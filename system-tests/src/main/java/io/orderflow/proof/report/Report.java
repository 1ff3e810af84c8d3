package io.orderflow.proof.report;

import io.orderflow.proof.books.Books;
import io.orderflow.proof.faults.Faults.Happened;
import io.orderflow.proof.load.Timeline.Second;
import io.orderflow.proof.system.Part.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * All about one run.
 *
 * @param length of the time in which faults happened
 * @param took the whole run
 * @param kills how often processes of each kind were killed
 * @param unplannedExits how often processes ended by themselves
 * @param latencies of accepted orders
 * @param left what was still under way when patience was over; empty when nothing
 */
public record Report(
        long seed,
        Duration length,
        Duration took,
        Map<Kind, Integer> kills,
        int unplannedExits,
        List<Happened> faults,
        List<Second> seconds,
        Latencies latencies,
        Map<String, Long> left,
        Books books) {

    /** Milliseconds within which half of them, 99 of 100, and all were answered. */
    public record Latencies(double half, double most, double all) {}

    public boolean passes() {
        return books.agree() && left.isEmpty() && faults.stream().allMatch(fault -> fault.failure() == null);
    }

    int killsInAll() {
        return kills.values().stream().mapToInt(Integer::intValue).sum();
    }

    long accepted() {
        return seconds.stream().mapToLong(Second::accepted).sum();
    }
}
