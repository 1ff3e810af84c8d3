package io.orderflow.saga.work;

import java.util.ArrayList;
import java.util.List;
import org.axonframework.commandhandling.CommandMessage;

/**
 * What one transaction decided: commands and outside effects. They are collected here while its events are handled, and
 * stored together at its end; nothing leaves before it commits.
 */
public final class Decisions {

    private static final ScopedValue<Decisions> CURRENT = ScopedValue.newInstance();

    private final List<CommandMessage<?>> commands = new ArrayList<>();
    private final List<WorkItem> work = new ArrayList<>();

    /** The decisions of the current transaction. */
    static Decisions current() {
        return CURRENT.orElseThrow(() -> new IllegalStateException("decisions are taken while a batch is handled"));
    }

    /** Runs {@code handling}; what it decides is collected here. */
    public void during(Runnable handling) {
        ScopedValue.where(CURRENT, this).run(handling);
    }

    void send(CommandMessage<?> command) {
        commands.add(command);
    }

    void request(WorkItem item) {
        work.add(item);
    }

    /** The commands decided, in their order. */
    public List<CommandMessage<?>> commands() {
        return commands;
    }

    /** The outside effects decided, in their order. */
    public List<WorkItem> work() {
        return work;
    }
}
