package io.orderflow.saga.work;

import io.orderflow.api.order.OrderCommand;
import io.orderflow.messaging.commands.CommandChannel;
import io.orderflow.messaging.reading.Backoff;
import io.orderflow.saga.work.WorkItems.Leased;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.axonframework.commandhandling.CommandMessage;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Stores results of work and the commands that tell them, many at a time in one transaction. A result whose lease has
 * passed on does not count: whoever holds the item now brings its own.
 */
public final class Completions implements SmartLifecycle {

    private static final int AT_ONCE = 500;

    private record Result(Leased item, Optional<OrderCommand> told, CompletableFuture<@Nullable Void> stored) {}

    private final WorkItems items;
    private final CommandChannel channel;
    private final TransactionOperations transactions;
    private final BlockingQueue<Result> results = new LinkedBlockingQueue<>();
    private final Backoff backoff = new Backoff();
    private Thread storing = Thread.ofPlatform().unstarted(() -> {});
    private volatile boolean stopped = true;

    /** @param transactions in which commands can be decided */
    public Completions(WorkItems items, CommandChannel channel, TransactionOperations transactions) {
        this.items = items;
        this.channel = channel;
        this.transactions = transactions;
    }

    /** Returns when the result is stored; a failure to store it is thrown, and the item is done again. */
    void done(Leased item, Optional<OrderCommand> told) {
        Result result = new Result(item, told, new CompletableFuture<>());
        results.add(result);
        result.stored().join();
    }

    private void store() {
        while (!stopped || !results.isEmpty()) {
            List<Result> batch = next();
            if (batch.isEmpty()) {
                continue;
            }
            try {
                transactions.executeWithoutResult(status -> store(batch));
                batch.forEach(result -> result.stored().complete(null));
                backoff.succeeded("storing results of work");
            } catch (RuntimeException | Error e) {
                backoff.failed("storing results of work", e);
                batch.forEach(result -> result.stored().completeExceptionally(e));
            }
        }
    }

    private List<Result> next() {
        List<Result> batch = new ArrayList<>();
        try {
            Result first = results.poll(100, TimeUnit.MILLISECONDS);
            if (first != null) {
                batch.add(first);
                results.drainTo(batch, AT_ONCE - 1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return batch;
    }

    private void store(List<Result> batch) {
        Set<Long> counted = items.complete(batch.stream().map(Result::item).toList());
        List<CommandMessage<?>> commands = new ArrayList<>();
        for (Result result : batch) {
            if (counted.contains(result.item().id())) {
                result.told().ifPresent(told -> commands.add(message(result.item(), told)));
            }
        }
        channel.send(commands);
    }

    private static CommandMessage<?> message(Leased item, OrderCommand told) {
        return Commands.message(item.orderId(), told, item.cause());
    }

    @Override
    public synchronized void start() {
        stopped = false;
        storing = Thread.ofPlatform().name("work-results").start(this::store);
    }

    @Override
    public synchronized void stop() {
        stopped = true;
        try {
            storing.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return !stopped;
    }

    @Override
    public int getPhase() {
        return DEFAULT_PHASE - 5750;
    }
}
