package io.orderflow.bench.http;

import java.time.Duration;
import org.HdrHistogram.Histogram;

/** What became of the requests of one run. */
public final class Load {

    private final Histogram latencies = new Histogram(3);
    private long accepted;
    private long refused;
    private long unsent;
    private Duration took = Duration.ZERO;

    void answered(int status, long nanos) {
        latencies.recordValue(nanos / 1000);
        if (status / 100 == 2) {
            accepted++;
        } else {
            refused++;
        }
    }

    void unsent(long nanos) {
        latencies.recordValue(nanos / 1000);
        unsent++;
    }

    void took(Duration duration) {
        took = duration;
    }

    /** Answered with 2xx. */
    public long accepted() {
        return accepted;
    }

    /** Answered otherwise. */
    public long refused() {
        return refused;
    }

    /** Due, and not sent for want of a free connection. */
    public long unsent() {
        return unsent;
    }

    public Duration took() {
        return took;
    }

    /** In microseconds, from when a request was due until its answer was there. */
    public Histogram latencies() {
        return latencies;
    }
}
