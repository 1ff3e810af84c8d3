package io.orderflow.proof.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** Counts of answers and latencies of accepted orders, second by second. Safe for many threads. */
public final class Timeline {

    private static final int DIGITS = 3;

    /**
     * One second of the run.
     *
     * @param second since the load began
     * @param accepted orders answered 201
     * @param refused answered 429 or 503: come again
     * @param unanswered connection refused, cut, or no answer in time
     * @param reads questions answered
     * @param median latency of the accepted ones, milliseconds
     * @param highest latency of the accepted ones, milliseconds
     */
    public record Second(
            int second, long accepted, long refused, long unanswered, long reads, double median, double highest) {}

    private final LongAdder accepted = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder unanswered = new LongAdder();
    private final LongAdder reads = new LongAdder();
    private final Recorder latencies = new Recorder(DIGITS);
    private final Histogram all = new Histogram(DIGITS);
    private final List<Second> seconds = new ArrayList<>();

    void accepted(Duration latency) {
        accepted.increment();
        latencies.recordValue(latency.toNanos() / 1000);
    }

    void refused() {
        refused.increment();
    }

    void unanswered() {
        unanswered.increment();
    }

    void read() {
        reads.increment();
    }

    /** Ends a second; called once in each. */
    public synchronized Second tick() {
        Histogram interval = latencies.getIntervalHistogram();
        all.add(interval);
        Second second = new Second(
                seconds.size(),
                accepted.sumThenReset(),
                refused.sumThenReset(),
                unanswered.sumThenReset(),
                reads.sumThenReset(),
                interval.getValueAtPercentile(50) / 1000.0,
                interval.getMaxValue() / 1000.0);
        seconds.add(second);
        return second;
    }

    public synchronized List<Second> seconds() {
        return List.copyOf(seconds);
    }

    /** Latency of accepted orders over the whole run, milliseconds. */
    public synchronized double percentile(double percent) {
        return all.getValueAtPercentile(percent) / 1000.0;
    }
}
