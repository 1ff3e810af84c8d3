package io.orderflow.query.order;

import io.orderflow.messaging.reading.Backoff;
import io.orderflow.query.order.ChangeFeed.Numbered;
import io.orderflow.query.projection.ArrivedVersions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * The newest changes of all nodes, in the memory of this one. One thread follows the {@link ChangeFeed}, woken by this
 * node's commits and looking by itself for those of others; whoever streams changes asks {@link #after} with the last
 * number it has. There are no buffers per client: a slow one falls behind and reads what it missed from the table.
 */
@Component
final class LiveChanges implements SmartLifecycle {

    private static final int REMEMBERED = 8_192;
    private static final int AT_ONCE = 2_000;
    private static final Duration LOOK_FOR_OTHERS = Duration.ofMillis(50);

    private final ChangeFeed feed;
    private final ArrivedVersions arrived;
    private final Backoff backoff = new Backoff();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition came = lock.newCondition();
    private final Condition wake = lock.newCondition();
    private final Numbered[] remembered = new Numbered[REMEMBERED];
    private long first = 1; // number of the oldest remembered change; numbers have no holes
    private long last = 0;
    private boolean woken;
    private volatile boolean running;
    private @Nullable Thread follower;

    LiveChanges(ChangeFeed feed, ArrivedVersions arrived) {
        this.feed = feed;
        this.arrived = arrived;
        feed.whenAppended(this::wake);
    }

    /**
     * Changes after {@code number}, in their order and without holes, at most {@code limit}. Waits for the first up to
     * {@code patience}; empty when none came, or this node stops.
     */
    List<Numbered> after(long number, int limit, Duration patience) {
        lock.lock();
        try {
            long left = patience.toNanos();
            while (running && last <= number && left > 0) {
                left = came.awaitNanos(left);
            }
            if (!running || last <= number) {
                return List.of();
            }
            if (number + 1 >= first) {
                return remembered(number, limit);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        } finally {
            lock.unlock();
        }
        return feed.after(number, limit);
    }

    private List<Numbered> remembered(long number, int limit) {
        List<Numbered> found = new ArrayList<>();
        for (long next = number + 1; next <= last && found.size() < limit; next++) {
            found.add(remembered[(int) (next % REMEMBERED)]);
        }
        return found;
    }

    private void follow() {
        boolean positioned = false;
        while (running) {
            try {
                if (!positioned) {
                    startBehind(feed.extent().last());
                    positioned = true;
                }
                List<Numbered> found = feed.after(last, AT_ONCE);
                backoff.succeeded("following the change feed");
                if (!found.isEmpty()) {
                    remember(found);
                }
                if (found.size() < AT_ONCE) {
                    pause();
                }
            } catch (RuntimeException e) {
                backoff.failed("following the change feed", e);
                while (running && !backoff.isOver()) {
                    pause();
                }
            }
        }
    }

    private void startBehind(long number) {
        lock.lock();
        try {
            last = number;
            first = number + 1;
            came.signalAll(); // whoever resumes behind an earlier number finds it in the table
        } finally {
            lock.unlock();
        }
    }

    private void remember(List<Numbered> found) {
        lock.lock();
        try {
            for (Numbered change : found) {
                remembered[(int) (change.number() % REMEMBERED)] = change;
                last = change.number();
            }
            first = Math.max(first, last - REMEMBERED + 1);
            came.signalAll();
        } finally {
            lock.unlock();
        }
        arrived.announce(found.stream()
                .map(change -> change.change().orderId().toString())
                .toList());
    }

    private void pause() {
        lock.lock();
        try {
            if (!woken && running) {
                woken = wake.await(LOOK_FOR_OTHERS.toNanos(), TimeUnit.NANOSECONDS);
            }
            woken = false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private void wake() {
        lock.lock();
        try {
            woken = true;
            wake.signal();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public synchronized void start() {
        running = true;
        follower = Thread.ofPlatform().name("change-feed").daemon().start(this::follow);
    }

    /** Ends all streams, which would hold up the web server's graceful end. */
    @Override
    public synchronized void stop() {
        lock.lock();
        try {
            running = false;
            came.signalAll();
            wake.signalAll();
        } finally {
            lock.unlock();
        }
        arrived.wakeAll();
        Thread thread = follower;
        if (thread != null) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
