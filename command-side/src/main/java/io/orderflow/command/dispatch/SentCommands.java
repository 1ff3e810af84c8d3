package io.orderflow.command.dispatch;

import io.orderflow.command.store.HappenedBefore;
import io.orderflow.command.store.OutcomeUnknown;
import io.orderflow.command.store.StoreUnavailable;
import io.orderflow.messaging.cloudevents.CommandConverter;
import io.orderflow.messaging.reading.InfrastructureException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.NoHandlerForCommandException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;

/**
 * Commands that came over Kafka: all for one aggregate with one append, in their order; different aggregates at once.
 * Commands may come again, after a crash or a failure of others in their batch: aggregates treat a repeat as done.
 */
final class SentCommands implements Consumer<List<CommandMessage<?>>> {

    private final AggregateCommandBus bus;

    SentCommands(AggregateCommandBus bus) {
        this.bus = bus;
    }

    /** Returns when all are decided and stored; throws when any is not, having waited for the others. */
    @Override
    public void accept(List<CommandMessage<?>> batch) {
        Map<String, List<CommandMessage<?>>> byTarget = new LinkedHashMap<>();
        for (CommandMessage<?> command : batch) {
            byTarget.computeIfAbsent(CommandConverter.targetOf(command.getPayload()), target -> new ArrayList<>())
                    .add(command);
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            await(byTarget.values().stream()
                    .<Future<?>>map(commands -> threads.submit(() -> decide(commands)))
                    .toList());
        }
    }

    private void decide(List<CommandMessage<?>> commands) {
        try {
            bus.dispatchAll(commands);
        } catch (HappenedBefore e) { // one of them is a repeat, of long ago: done
            if (commands.size() > 1) {
                commands.forEach(command -> decide(List.of(command)));
            }
        }
    }

    private static void await(List<Future<?>> groups) {
        RuntimeException failure = null;
        for (Future<?> group : groups) {
            failure = worse(failure, failureOf(group));
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static @Nullable RuntimeException failureOf(Future<?> group) {
        try {
            group.get();
            return null;
        } catch (ExecutionException e) {
            return asReaderKnowsIt(Objects.requireNonNullElse(e.getCause(), e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new InfrastructureException("interrupted while commands were decided");
        }
    }

    private static RuntimeException asReaderKnowsIt(Throwable failure) {
        return switch (failure) {
            case StoreUnavailable again -> new InfrastructureException("the event store is away", again);
            case OutcomeUnknown again -> new InfrastructureException("the event store did not answer", again);
            // a node that starts or stops; a command nobody knows is told before it comes here
            case NoHandlerForCommandException again ->
                new InfrastructureException("nobody handles commands now", again);
            case ConcurrencyException again ->
                new InfrastructureException("others were faster, again and again", again);
            case RuntimeException refusal -> refusal;
            default -> new IllegalStateException(failure);
        };
    }

    // the infrastructure's failure first: the batch is then tried again as it is, and nothing is parked for it
    private static @Nullable RuntimeException worse(@Nullable RuntimeException one, @Nullable RuntimeException other) {
        return one == null || (other instanceof InfrastructureException) ? other == null ? one : other : one;
    }
}
