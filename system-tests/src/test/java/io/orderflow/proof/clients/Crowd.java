package io.orderflow.proof.clients;

import io.orderflow.proof.load.Client;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;

/** Clients who place orders: a number that waits for answers, or a stream that does not. */
final class Crowd {

    private static final String ORDER = "{\"customerId\":\"crowd\",\"lines\":[{\"sku\":\"crowd\",\"quantity\":1}]}";
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final URI address;
    private final Client client = new Client(PATIENCE);

    Crowd(URI address) {
        this.address = address;
    }

    /** What a crowd was answered. */
    static final class Answers {
        final ConcurrentHistogram accepted = new ConcurrentHistogram(3);
        final LongAdder refused = new LongAdder();
        final LongAdder unanswered = new LongAdder();
        final Queue<String> wrong = new ConcurrentLinkedQueue<>();
        private final long began = System.nanoTime();

        double acceptedInASecond() {
            return accepted.getTotalCount() / ((System.nanoTime() - began) / 1e9);
        }

        double millis(double percentile) {
            return accepted.getValueAtPercentile(percentile) / 1000.0;
        }

        @Override
        public String toString() {
            return "%d accepted, half in %.1f ms, 99 of 100 in %.1f ms, all in %.1f ms; %d refused for now, %d not answered"
                    .formatted(
                            accepted.getTotalCount(),
                            millis(50),
                            millis(99),
                            millis(100),
                            refused.sum(),
                            unanswered.sum());
        }
    }

    void prepare() {
        expect(client.send(address, "PUT", "/api/products/crowd", "{\"name\":\"crowd\",\"price\":\"1.00\"}", Map.of()));
        expect(client.send(address, "POST", "/api/products/crowd/stock", "{\"change\":1000000}", Map.of()));
    }

    private static void expect(Client.Answer answer) {
        if (answer.status() / 100 != 2) {
            throw new IllegalStateException(answer.toString());
        }
    }

    /** So many clients, each with one request at a time. */
    Answers patient(int clients, Duration length) {
        Answers answers = new Answers();
        long end = System.nanoTime() + length.toNanos();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < clients; i++) {
                threads.execute(() -> {
                    while (System.nanoTime() < end) {
                        place(answers);
                    }
                });
            }
        }
        return answers;
    }

    /** So many requests in each second, whether they are answered or not, but for {@code most} that are open at once. */
    Answers impatient(double rate, int most, Duration length) {
        Answers answers = new Answers();
        AtomicInteger open = new AtomicInteger();
        long begin = System.nanoTime();
        long count = (long) (rate * length.toMillis() / 1000);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (long number = 0; number < count; number++) {
                LockSupport.parkNanos(begin + (long) (number / rate * 1e9) - System.nanoTime());
                if (open.incrementAndGet() > most) {
                    open.decrementAndGet();
                    continue;
                }
                threads.execute(() -> {
                    try {
                        place(answers);
                    } finally {
                        open.decrementAndGet();
                    }
                });
            }
        }
        return answers;
    }

    private void place(Answers answers) {
        long began = System.nanoTime();
        Client.Answer answer = client.send(address, "POST", "/api/orders", ORDER, Map.of());
        switch (answer.status()) {
            case 201 -> answers.accepted.recordValue((System.nanoTime() - began) / 1000);
            case 0 -> answers.unanswered.increment();
            case 429, 503 -> {
                answers.refused.increment();
                if (!answer.saysWhenToRetry()) {
                    answers.wrong.add(answer.toString());
                }
            }
            default -> answers.wrong.add(answer.toString());
        }
    }
}
