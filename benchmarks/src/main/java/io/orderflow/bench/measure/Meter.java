package io.orderflow.bench.measure;

import io.orderflow.bench.bed.Testbed;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Reads clocks and processes before and after some work. */
public final class Meter implements AutoCloseable {

    /** The name under which the load tool's own processor time is told. */
    private static final String LOAD_TOOL = "load tool";

    private final Testbed testbed;
    private final Map<String, VirtualMachine> virtualMachines = new LinkedHashMap<>();

    public Meter(Testbed testbed) {
        this.testbed = testbed;
        testbed.virtualMachines().forEach((name, pid) -> virtualMachines.put(name, VirtualMachine.attach(pid)));
    }

    /** Something to measure. */
    @FunctionalInterface
    public interface Work {
        Done perform() throws Exception;
    }

    /**
     * What was done.
     *
     * @param units such as orders, or events
     * @param latencies in microseconds; null where nobody waits
     */
    public record Done(long units, Duration took, @Nullable Histogram latencies) {}

    public Round measure(Work work) throws Exception {
        Map<String, Long> allocatedBefore = allocated();
        ProcessorTime before = ProcessorTime.of(processes());
        Done done = work.perform();
        Map<String, Duration> spent = ProcessorTime.of(processes()).since(before);
        Map<String, Long> allocated = allocated();
        allocated.replaceAll((name, bytes) -> bytes - allocatedBefore.getOrDefault(name, 0L));
        return new Round(done.units(), done.took(), spent, allocated, done.latencies());
    }

    private Map<String, List<ProcessHandle>> processes() {
        Map<String, List<ProcessHandle>> all = testbed.processes();
        all.put(LOAD_TOOL, List.of(ProcessHandle.current()));
        return all;
    }

    private Map<String, Long> allocated() {
        Map<String, Long> bytes = new LinkedHashMap<>();
        virtualMachines.forEach((name, machine) -> bytes.put(name, machine.allocated()));
        return bytes;
    }

    /** Bytes in use on the heap of each service after a collection of all garbage. */
    public Map<String, Long> live() {
        Map<String, Long> bytes = new LinkedHashMap<>();
        virtualMachines.forEach((name, machine) -> bytes.put(name, machine.live()));
        return bytes;
    }

    @Override
    public void close() {
        virtualMachines.values().forEach(VirtualMachine::close);
    }
}
