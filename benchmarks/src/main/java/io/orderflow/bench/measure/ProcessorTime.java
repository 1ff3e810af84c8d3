package io.orderflow.bench.measure;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The processor time that processes have used so far, as their operating system counts it (Linux: to 10 ms). A process that
 * ends between two readings takes its last share with it.
 */
final class ProcessorTime {

    private final Map<String, Map<Long, Duration>> used = new LinkedHashMap<>();

    private ProcessorTime() {}

    static ProcessorTime of(Map<String, List<ProcessHandle>> processes) {
        ProcessorTime time = new ProcessorTime();
        processes.forEach((name, family) -> {
            Map<Long, Duration> each = new HashMap<>();
            family.forEach(process ->
                    process.info().totalCpuDuration().ifPresent(duration -> each.put(process.pid(), duration)));
            time.used.put(name, each);
        });
        return time;
    }

    /** What was used since {@code earlier}, by name. */
    Map<String, Duration> since(ProcessorTime earlier) {
        Map<String, Duration> spent = new LinkedHashMap<>();
        used.forEach((name, each) -> {
            Map<Long, Duration> before = earlier.used.getOrDefault(name, Map.of());
            Duration sum = Duration.ZERO;
            for (Map.Entry<Long, Duration> process : each.entrySet()) {
                sum = sum.plus(process.getValue().minus(before.getOrDefault(process.getKey(), Duration.ZERO)));
            }
            spent.put(name, sum);
        });
        return spent;
    }
}
