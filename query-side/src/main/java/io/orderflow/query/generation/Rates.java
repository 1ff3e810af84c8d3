package io.orderflow.query.generation;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How fast readers have moved in the last seconds. */
final class Rates {

    private static final long WINDOW = Duration.ofSeconds(10).toNanos();

    private final Map<String, Deque<Sample>> samples = new ConcurrentHashMap<>();

    private record Sample(long time, long done) {}

    void sample(String reader, long done) {
        Deque<Sample> known = samples.computeIfAbsent(reader, name -> new ArrayDeque<>());
        synchronized (known) {
            long now = System.nanoTime();
            known.addLast(new Sample(now, done));
            while (now - known.getFirst().time() > WINDOW) {
                known.removeFirst();
            }
        }
    }

    long of(String reader) {
        Deque<Sample> known = samples.get(reader);
        if (known == null) {
            return 0;
        }
        synchronized (known) {
            Sample first = known.getFirst();
            Sample last = known.getLast();
            double seconds = (last.time() - first.time()) / 1e9;
            return seconds <= 0 ? 0 : Math.round((last.done() - first.done()) / seconds);
        }
    }
}
