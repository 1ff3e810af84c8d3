package io.orderflow.command.dispatch;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.axonframework.commandhandling.CommandCallback;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandResultMessage;
import org.axonframework.commandhandling.NoHandlerForCommandException;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.common.Registration;
import org.axonframework.common.caching.Cache;
import org.axonframework.messaging.DefaultInterceptorChain;
import org.axonframework.messaging.MessageHandler;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.BatchingUnitOfWork;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.RollbackConfigurationType;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.CommandTargetResolver;
import org.axonframework.modelling.command.ConcurrencyException;

/**
 * Decides commands on the caller's thread, without a transaction: the event store commits by itself, and a pooled
 * connection held meanwhile could starve those it waits for.
 *
 * <p>Aggregates come from a cache that other nodes know nothing of. Hence <b>the fresh-load rule</b>: a decision from a
 * cached aggregate that appended nothing (a refusal, a repeat) is taken once more on a fresh load; and a conflict is
 * retried on a fresh load, which refuses when the caller has said on which version alone it may be decided.
 */
public final class AggregateCommandBus extends SimpleCommandBus {

    private static final int TRIES = 6;

    private final CommandTargetResolver targets;
    private final List<Cache> caches;
    private final Map<String, MessageHandler<? super CommandMessage<?>>> handlers = new ConcurrentHashMap<>();
    private final List<MessageHandlerInterceptor<? super CommandMessage<?>>> interceptors =
            new CopyOnWriteArrayList<>();

    /** @param caches of all aggregates */
    public AggregateCommandBus(SimpleCommandBus.Builder builder, CommandTargetResolver targets, List<Cache> caches) {
        super(builder);
        this.targets = targets;
        this.caches = List.copyOf(caches);
    }

    @Override
    public Registration subscribe(String commandName, MessageHandler<? super CommandMessage<?>> handler) {
        handlers.put(commandName, handler);
        Registration registration = super.subscribe(commandName, handler);
        return () -> handlers.remove(commandName, handler) && registration.cancel();
    }

    @Override
    public Registration registerHandlerInterceptor(MessageHandlerInterceptor<? super CommandMessage<?>> interceptor) {
        interceptors.add(interceptor);
        Registration registration = super.registerHandlerInterceptor(interceptor);
        return () -> interceptors.remove(interceptor) && registration.cancel();
    }

    @Override
    protected <C, R> void handle(
            CommandMessage<C> command,
            MessageHandler<? super CommandMessage<?>> handler,
            CommandCallback<? super C, ? super R> callback) {
        callback.onResult(command, decide(List.of(command)));
    }

    /**
     * Decides commands for one aggregate in one unit of work, with one append: all of them, or none when one is refused.
     *
     * @throws RuntimeException what the first handler to fail has thrown, or the event store
     */
    public void dispatchAll(List<CommandMessage<?>> commands) {
        List<CommandMessage<?>> intercepted =
                commands.stream().<CommandMessage<?>>map(this::intercept).toList();
        CommandResultMessage<?> result = decide(intercepted);
        if (result.isExceptional()) {
            throw result.exceptionResult() instanceof RuntimeException exception
                    ? exception
                    : new IllegalStateException(result.exceptionResult());
        }
    }

    private <R> CommandResultMessage<R> decide(List<? extends CommandMessage<?>> commands) {
        CommandResultMessage<R> result = null;
        for (int tries = 0; result == null; tries++) {
            UnitOfWork<? extends CommandMessage<?>> unitOfWork = unitOfWork(commands);
            CommandResultMessage<R> decided = decideIn(unitOfWork);
            if (isToBeRepeated(decided, unitOfWork) && tries < TRIES) {
                forget(commands.getFirst());
            } else {
                result = decided;
            }
        }
        return result;
    }

    private static UnitOfWork<? extends CommandMessage<?>> unitOfWork(List<? extends CommandMessage<?>> commands) {
        return commands.size() == 1
                ? new DefaultUnitOfWork<>(commands.getFirst())
                : new BatchingUnitOfWork<>(List.copyOf(commands));
    }

    private <R> CommandResultMessage<R> decideIn(UnitOfWork<? extends CommandMessage<?>> unitOfWork) {
        unitOfWork.start();
        return GenericCommandResultMessage.asCommandResultMessage(unitOfWork.executeWithResult(
                () -> new DefaultInterceptorChain<>(unitOfWork, interceptors, handlerOf(unitOfWork.getMessage()))
                        .proceed(),
                RollbackConfigurationType.ANY_THROWABLE));
    }

    private MessageHandler<? super CommandMessage<?>> handlerOf(CommandMessage<?> command) {
        MessageHandler<? super CommandMessage<?>> handler = handlers.get(command.getCommandName());
        if (handler == null) {
            throw new NoHandlerForCommandException(command);
        }
        return handler;
    }

    private static boolean isToBeRepeated(CommandResultMessage<?> decided, UnitOfWork<?> unitOfWork) {
        return Decision.mayBeStale(unitOfWork)
                || (decided.isExceptional() && isConflict(decided.exceptionResult(), unitOfWork));
    }

    // who was to be created exists by now: a retry that would find it is one that loads, and creates only what is
    // missing
    private static boolean isConflict(Throwable failure, UnitOfWork<?> unitOfWork) {
        return failure instanceof ConcurrencyException
                || (failure instanceof AggregateStreamCreationException && Decision.hasLooked(unitOfWork));
    }

    private void forget(CommandMessage<?> command) {
        String target = targets.resolveTarget(command).getIdentifier();
        caches.forEach(cache -> cache.remove(target));
    }
}
