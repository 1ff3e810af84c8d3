package io.orderflow.bench.yardstick;

import io.orderflow.bench.measure.Meter.Done;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Writes 4 kB of its own to disk, again and again, and sees how long that takes: whoever waits for the same disk waits as
 * long, however little is written.
 */
public final class DiskProbe {

    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final int SIZE = 4096;

    private final FutureTask<Done> writing;
    private volatile boolean ended;

    /** @param file on the disk in question; is made, and stays empty of meaning */
    public DiskProbe(Path file) {
        this.writing = new FutureTask<>(() -> write(file));
        Thread.ofPlatform().name("disk probe").daemon().start(writing);
    }

    private Done write(Path file) throws IOException {
        Histogram micros = new Histogram(3);
        long began = System.nanoTime();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            while (!ended) {
                long sent = System.nanoTime();
                channel.write(ByteBuffer.allocate(SIZE), 0);
                channel.force(false);
                micros.recordValue((System.nanoTime() - sent) / 1000);
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
        return new Done(micros.getTotalCount(), Duration.ofNanos(System.nanoTime() - began), micros);
    }

    /** Ends it; the latencies are those of each write. */
    public Done end() throws InterruptedException, ExecutionException {
        ended = true;
        return writing.get();
    }
}
