package io.orderflow.proof.faults;

import io.orderflow.proof.faults.Plan.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Carries out a plan, each step at its time, and notes when it really began and ended. */
public final class Faults {

    /**
     * @param began since the load began
     * @param ended since the load began
     * @param failure why it could not be carried out; null when it was
     */
    public record Happened(
            String what,
            Duration began,
            Duration ended,
            @Nullable String failure) {}

    private final Scene scene;
    private final Consumer<String> tell;
    private final List<Happened> happened = new ArrayList<>();

    public Faults(Scene scene, Consumer<String> tell) {
        this.scene = scene;
        this.tell = tell;
    }

    /** Returns when the last step has ended. */
    public void happen(List<Step> plan) throws InterruptedException {
        long start = System.nanoTime();
        CountDownLatch open = new CountDownLatch(plan.size());
        for (Step step : plan) {
            Thread unused = Thread.ofPlatform().name("fault").start(() -> {
                try {
                    happen(step, start);
                } finally {
                    open.countDown();
                }
            });
        }
        open.await();
    }

    private void happen(Step step, long start) {
        until(start, step.at());
        Duration began = since(start);
        String failure = null;
        tell.accept("%s (%.1f s)".formatted(step.fault().words(), step.lasts().toMillis() / 1000.0));
        try {
            step.fault().begin(scene);
            until(start, step.at().plus(step.lasts()));
            step.fault().end(scene);
        } catch (Exception e) {
            failure = e.toString();
            tell.accept(step.fault().words() + " cannot be carried out: " + e);
        }
        synchronized (happened) {
            happened.add(new Happened(step.fault().words(), began, since(start), failure));
        }
    }

    private static void until(long start, Duration time) {
        for (long left = left(start, time); left > 0; left = left(start, time)) {
            LockSupport.parkNanos(left);
        }
    }

    private static long left(long start, Duration time) {
        return start + time.toNanos() - System.nanoTime();
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** What has happened, in the order of its beginning. */
    public List<Happened> happened() {
        synchronized (happened) {
            return happened.stream()
                    .sorted((one, other) -> one.began().compareTo(other.began()))
                    .toList();
        }
    }
}
