package io.orderflow.saga.work;

import io.orderflow.messaging.reading.InfrastructureException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Has what many threads ask for at the same time done at once. Who is alone waits for nobody. A thread of its own does it,
 * which comes with the first who asks and goes when nobody waits: nobody is left waiting when this is no longer needed.
 *
 * @param <T> what is asked
 * @param <R> the answer
 */
public final class Together<T, R> {

    private final int atOnce;
    private final Function<List<T>, List<R>> work;
    private final Queue<Asked<T, R>> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger unanswered = new AtomicInteger();

    private record Asked<T, R>(T item, CompletableFuture<R> answer) {}

    /**
     * @param atOnce how much is done at once, at most
     * @param work answers all that it is given, in the same order; what it throws, all who asked get
     */
    public Together(int atOnce, Function<List<T>, List<R>> work) {
        this.atOnce = atOnce;
        this.work = work;
    }

    /**
     * Returns when it is answered.
     *
     * @throws InfrastructureException when interrupted: it may be done all the same
     * @throws RuntimeException what the work has thrown
     */
    public R ask(T item) {
        Asked<T, R> mine = new Asked<>(item, new CompletableFuture<>());
        waiting.add(mine);
        if (unanswered.getAndIncrement() == 0) {
            Thread unused = Thread.startVirtualThread(this::answerAll);
        }
        try {
            return mine.answer().get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InfrastructureException("interrupted while it is done", e);
        }
    }

    private void answerAll() {
        int left;
        do {
            List<Asked<T, R>> batch = next();
            answer(batch);
            left = unanswered.addAndGet(-batch.size());
        } while (left > 0);
    }

    private List<Asked<T, R>> next() {
        List<Asked<T, R>> batch = new ArrayList<>();
        for (Asked<T, R> asked = waiting.poll(); asked != null; asked = waiting.poll()) {
            batch.add(asked);
            if (batch.size() == atOnce) {
                break;
            }
        }
        return batch;
    }

    private void answer(List<Asked<T, R>> batch) {
        try {
            List<R> answers = work.apply(batch.stream().map(Asked::item).toList());
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).answer().complete(answers.get(i));
            }
        } catch (RuntimeException | Error e) {
            batch.forEach(asked -> asked.answer().completeExceptionally(e));
        }
    }
}
