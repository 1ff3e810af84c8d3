package io.orderflow.bench.http;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** What became of the requests of one run. */
public final class Load {

    private final Histogram latencies = new Histogram(3);
    private final long[] statuses = new long[1000];
    private long accepted;
    private long refused;
    private long unsent;
    private Duration took = Duration.ZERO;

    void answered(int status, long micros) {
        latencies.recordValue(micros);
        statuses[status]++;
        if (status / 100 == 2) {
            accepted++;
        } else {
            refused++;
        }
    }

    void unsent(long micros) {
        latencies.recordValue(micros);
        unsent++;
    }

    void turnedAway() {
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

    /** How often each status was answered. */
    public Map<Integer, Long> statuses() {
        Map<Integer, Long> answered = new TreeMap<>();
        for (int status = 0; status < statuses.length; status++) {
            if (statuses[status] > 0) {
                answered.put(status, statuses[status]);
            }
        }
        return answered;
    }

    public Duration took() {
        return took;
    }

    /** In microseconds, from when a request was due until its answer was there. */
    public Histogram latencies() {
        return latencies;
    }
}
