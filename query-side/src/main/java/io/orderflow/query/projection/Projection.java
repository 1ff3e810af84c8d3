package io.orderflow.query.projection;

import java.util.ArrayList;
import java.util.List;
import org.axonframework.eventhandling.DomainEventMessage;

/**
 * A view that events are projected into. Its event handlers only collect; {@link #write} turns what a batch brought into
 * one statement per table. A batch is handled by one thread, so what is collected belongs to that thread.
 *
 * @param <E> the events it cares about
 */
public abstract class Projection<E> {

    private final ReadModel model;
    private final ThreadLocal<List<DomainEventMessage<E>>> collected = ThreadLocal.withInitial(ArrayList::new);

    /** @param model whose tables it writes, under names that mean those of the generation being filled */
    protected Projection(ReadModel model) {
        this.model = model;
    }

    public final ReadModel model() {
        return model;
    }

    /** Whether events of this class can matter to the view; those that cannot need not be read. */
    protected boolean caresFor(Class<?> event) {
        return true;
    }

    /** For event handlers: has the event written at the end of its batch. */
    protected final void collect(DomainEventMessage<E> event) {
        collected.get().add(event);
    }

    /**
     * Writes in the reader's transaction, rows in key order. Events that the view has already are dropped.
     *
     * @throws InconsistentHistoryException when an event does not follow what the view has
     */
    protected abstract void write(List<DomainEventMessage<E>> events);

    final void flush() {
        List<DomainEventMessage<E>> batch = collected.get();
        if (!batch.isEmpty()) {
            write(batch);
        }
    }

    final void forget() {
        collected.remove();
    }
}
