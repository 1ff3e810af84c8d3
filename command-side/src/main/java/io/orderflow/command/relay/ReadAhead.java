package io.orderflow.command.relay;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongFunction;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads the batch after one while that is being published, which takes about as long. Nothing is missed by reading early:
 * new events come behind all that are there, so what was read is a beginning of what is there later.
 */
final class ReadAhead implements AutoCloseable {

    private final LongFunction<Batch> read;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("relay-reading").daemon().factory());
    private @Nullable Future<Batch> next;
    private long position;

    /** @param read what is stored above an index; empty when nothing is */
    ReadAhead(LongFunction<Batch> read) {
        this.read = read;
    }

    /**
     * Events as they are published.
     *
     * @param last index of the last of them
     */
    record Batch(List<ProducerRecord<String, byte[]>> records, long last) {}

    /** What is stored above {@code index}: as it was read ahead, if it was, or as it is now. */
    Batch after(long index) throws InterruptedException {
        Future<Batch> ready = next;
        next = null;
        if (ready == null || position != index) {
            return read.apply(index);
        }
        try {
            return ready.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        }
    }

    /** Begins to read what is stored above {@code index}, as will be asked for next. */
    void begin(long index) {
        position = index;
        next = thread.submit(() -> read.apply(index));
    }

    /** What is being read comes to its end by itself. */
    @Override
    public void close() {
        thread.shutdown();
    }
}
