package io.orderflow.saga.work;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.orderflow.api.order.OrderCommand;
import io.orderflow.messaging.config.StoppedAtOnce;
import io.orderflow.messaging.reading.Backoff;
import io.orderflow.saga.work.Lane.NotYetException;
import io.orderflow.saga.work.WorkItems.Leased;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out the work of one lane: leases what is due, calls the provider on virtual threads, hands results to
 * {@link Completions}. A call that fails or takes too long is repeated with the same idempotency key, at growing
 * intervals, for ever; a provider that fails much is left alone for a while by the circuit breaker.
 */
public final class LaneWorker<W> implements StoppedAtOnce {

    private static final Logger log = LoggerFactory.getLogger(LaneWorker.class);
    private static final Duration IDLE = Duration.ofMillis(200);

    private final Lane<W> lane;
    private final WorkItems items;
    private final Completions completions;
    private final LaneSettings settings;
    private final CircuitBreaker breaker;
    private final Semaphore slots;

    /** To lease costs much the same for few items as for many: after fewer it waits for more to be due, or slots to be free. */
    private final int worthATurn;

    private final Set<Call> underWay = ConcurrentHashMap.newKeySet();
    private final Backoff backoff = new Backoff();
    private ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
    private Thread leasing = Thread.ofPlatform().unstarted(() -> {});
    private volatile boolean stopped = true;

    public LaneWorker(Lane<W> lane, WorkItems items, Completions completions, LaneSettings settings) {
        this.lane = lane;
        this.items = items;
        this.completions = completions;
        this.settings = settings;
        this.breaker = CircuitBreaker.ofDefaults(lane.name());
        this.slots = new Semaphore(settings.concurrency());
        this.worthATurn = Math.max(1, settings.concurrency() / 4);
    }

    private void leaseAndCall() {
        while (!stopped || slots.availablePermits() < settings.concurrency()) {
            underWay.forEach(Call::endWhenLate);
            try {
                if (stopped || !backoff.isOver() || leaseOnce() < worthATurn) {
                    LockSupport.parkNanos(IDLE.toNanos());
                }
            } catch (RuntimeException e) {
                backoff.failed("the " + lane.name() + " worker", e);
            }
        }
    }

    private int leaseOnce() {
        int free = slots.drainPermits();
        List<Leased> leased = List.of();
        try {
            leased = free == 0 ? List.of() : items.lease(lane.name(), settings.lease(), free);
        } finally {
            slots.release(free - leased.size());
        }
        leased.forEach(this::begin);
        backoff.succeeded("the " + lane.name() + " worker");
        return leased.size();
    }

    String lane() {
        return lane.name();
    }

    /** Whether a slot was free for an item that is about to be leased; it is taken from now on. */
    boolean reserve() {
        return !stopped && slots.tryAcquire();
    }

    /** Gives back slots that were reserved for nothing. */
    void release(int reserved) {
        slots.release(reserved);
    }

    /** Carries out an item for which a slot was taken. */
    void begin(Leased item) {
        calls.execute(() -> {
            try {
                call(item);
            } finally {
                slots.release();
            }
        });
    }

    private void call(Leased item) {
        try {
            completions.done(item, breaker.executeCallable(() -> perform(item)));
        } catch (NotYetException e) {
            postpone(item, e.askAgainIn(), null);
        } catch (CallNotPermittedException e) {
            postpone(item, Duration.ofSeconds(1), lane.name() + " fails too often; its circuit breaker is open");
        } catch (Exception e) {
            log.warn(
                    "{} {} of order {} failed and is tried again: {}",
                    lane.name(),
                    item.step(),
                    item.orderId(),
                    e.toString());
            postpone(item, delay(item.attempts()), e.toString());
        }
    }

    // not with a time limit of its own for each: a timer would be set and cancelled for every call
    private List<OrderCommand> perform(Leased item) throws Exception {
        CompletableFuture<List<OrderCommand>> answer = new CompletableFuture<>();
        Future<?> call = calls.submit(() -> {
            try {
                answer.complete(lane.perform(item.orderId(), workOf(item)));
            } catch (Throwable e) {
                answer.completeExceptionally(e);
            }
        });
        Call waiting = new Call(answer, System.nanoTime() + settings.timeLimit().toNanos());
        underWay.add(waiting);
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        } finally {
            underWay.remove(waiting);
            call.cancel(true); // one that is late
        }
    }

    private record Call(CompletableFuture<?> answer, long deadline) {

        void endWhenLate() {
            if (System.nanoTime() - deadline > 0) {
                answer.completeExceptionally(new TimeoutException("no answer in time"));
            }
        }
    }

    @SuppressWarnings("unchecked") // typeOf gives permitted subclasses of W only
    private W workOf(Leased item) {
        return (W) items.workOf(lane, item);
    }

    /** If this fails too, the lease ends by itself. */
    private void postpone(Leased item, Duration delay, @org.jspecify.annotations.Nullable String reason) {
        try {
            items.postpone(item, delay, reason);
        } catch (RuntimeException e) {
            log.debug("order {} is tried again when its lease ends", item.orderId(), e);
        }
    }

    private Duration delay(int attempts) {
        Duration delay = Duration.ofMillis(100L << Math.min(attempts, 12));
        return delay.compareTo(settings.longestBackoff()) < 0 ? delay : settings.longestBackoff();
    }

    @Override
    public synchronized void start() {
        stopped = false;
        calls = Executors.newVirtualThreadPerTaskExecutor();
        leasing = Thread.ofPlatform().name(lane.name() + "-worker").start(this::leaseAndCall);
    }

    /** Ends when every call under way has ended or reached its time limit. */
    @Override
    public synchronized void stop() {
        stopped = true;
        LockSupport.unpark(leasing);
        try {
            leasing.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        calls.close();
    }

    @Override
    public boolean isRunning() {
        return !stopped;
    }

    /** Stops before the completions and the command channel, which its last results need. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE - 5500;
    }
}
