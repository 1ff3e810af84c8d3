package io.orderflow.quickstart;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/** Things that start at the same time. */
final class Parallel {

    private final List<FutureTask<?>> started = new ArrayList<>();

    <T> Future<T> start(Callable<T> start) {
        FutureTask<T> task = new FutureTask<>(start);
        started.add(task);
        Thread.ofPlatform().name("start-" + started.size()).start(task);
        return task;
    }

    /** Returns when all have ended; with the first failure, if there is one. */
    void await() {
        RuntimeException failure = null;
        for (FutureTask<?> task : started) {
            try {
                task.get();
            } catch (ExecutionException e) {
                failure = failure == null ? new IllegalStateException(e.getCause()) : failure;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                failure = failure == null ? new IllegalStateException("interrupted while starting", e) : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
