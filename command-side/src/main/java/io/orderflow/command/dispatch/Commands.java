package io.orderflow.command.dispatch;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.messaging.MetaData;
import org.jspecify.annotations.Nullable;

/**
 * Has a command decided on the caller's thread; returns when its events are on disk. No more than so many at once: each
 * request has a thread of its own, and without a limit those that came last would keep waiting those that came first.
 */
public final class Commands {

    private final CommandBus bus;
    private final Semaphore free;

    Commands(CommandBus bus, int atOnce) {
        this.bus = bus;
        this.free = new Semaphore(atOnce);
    }

    /**
     * @return what the handler returned
     * @throws TooManyCommands when too many are being decided already
     * @throws RuntimeException what the handler or the event store has thrown
     */
    public <R> @Nullable R decide(Object command, MetaData metaData, Class<R> answer) {
        if (!free.tryAcquire()) {
            throw new TooManyCommands();
        }
        try {
            return decideNow(command, metaData, answer);
        } finally {
            free.release();
        }
    }

    /** Whether one more would be refused now. */
    public boolean areTooMany() {
        return free.availablePermits() == 0;
    }

    private <R> @Nullable R decideNow(Object command, MetaData metaData, Class<R> answer) {
        AtomicReference<@Nullable CommandResultMessage<?>> result = new AtomicReference<>();
        bus.dispatch(
                GenericCommandMessage.asCommandMessage(command).andMetaData(metaData),
                (message, decided) -> result.set(decided));
        CommandResultMessage<?> decided = result.get();
        if (decided == null) {
            throw new IllegalStateException("the command bus must decide on the caller's thread");
        }
        if (!decided.isExceptional()) {
            return answer.isInstance(decided.getPayload()) ? answer.cast(decided.getPayload()) : null;
        }
        throw decided.exceptionResult() instanceof RuntimeException failure
                ? failure
                : new IllegalStateException(decided.exceptionResult());
    }
}
