package io.orderflow.bench.http;

import java.time.Duration;
import java.util.function.LongConsumer;

/** When requests are due: at fixed intervals, or at any time when there is none. */
final class Schedule {

    private final long began = System.nanoTime();
    private final long interval;
    private final long end;
    private final long most;
    private long taken;

    /**
     * @param interval in nanoseconds; 0 for none
     * @param most requests
     */
    Schedule(long interval, Duration length, long most) {
        this.interval = interval;
        this.end = began + length.toNanos();
        this.most = most;
    }

    /** Whether nothing will be due any more. */
    boolean isOver() {
        return taken >= most || System.nanoTime() >= end;
    }

    boolean isDue() {
        return !isOver() && nanosUntilNext() <= 0;
    }

    long nanosUntilNext() {
        if (isOver()) {
            return Long.MAX_VALUE;
        }
        return interval == 0 ? 0 : next() - System.nanoTime();
    }

    private long next() {
        return began + taken * interval;
    }

    /** When the request was due that is sent now. */
    long take() {
        long due = interval == 0 ? System.nanoTime() : next();
        taken++;
        return due;
    }

    boolean isOverSince(Duration duration) {
        return System.nanoTime() > end + duration.toNanos();
    }

    /** How long those have waited, in microseconds, that were due before the end and never sent. */
    void missed(LongConsumer micros) {
        while (interval > 0 && taken < most && next() < end) {
            micros.accept((end - next()) / 1000);
            taken++;
        }
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - began);
    }
}
