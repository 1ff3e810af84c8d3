package io.orderflow.bench.measure;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * One measurement of several.
 *
 * @param units that were done
 * @param processorTime by process
 * @param allocated bytes, by service
 * @param latencies in microseconds
 */
public record Round(
        long units,
        Duration took,
        Map<String, Duration> processorTime,
        Map<String, Long> allocated,
        @Nullable Histogram latencies) {

    /** Units a second. */
    public double rate() {
        return units * 1e9 / Math.max(1, took.toNanos());
    }

    /** Processor time of each process for one unit. */
    Map<String, Double> cpuMicrosPerUnit() {
        Map<String, Double> each = new LinkedHashMap<>();
        processorTime.forEach((name, time) -> each.put(name, time.toNanos() / 1e3 / Math.max(1, units)));
        return each;
    }

    /** What each service allocated for one unit. */
    Map<String, Double> bytesPerUnit() {
        Map<String, Double> each = new LinkedHashMap<>();
        allocated.forEach((name, bytes) -> each.put(name, (double) bytes / Math.max(1, units)));
        return each;
    }
}
