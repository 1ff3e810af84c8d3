package io.orderflow.command.store;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.jspecify.annotations.Nullable;

/**
 * The events of one unit of work on their way into the store: all of them or none.
 *
 * <pre>
 * WAITING -> SENT -> stored, conflict or failed     said by the writer
 *            SENT -> outcome unknown                the caller's time is up
 *            SENT -> WAITING                        the server said that it stored nothing
 * WAITING -> ABANDONED                              the caller's time is up: certainly not stored
 * </pre>
 */
final class Append {

    private enum State {
        WAITING,
        SENT,
        ABANDONED
    }

    private final List<EventRow> rows;
    private final long deadline;
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
    private final CompletableFuture<Void> outcome = new CompletableFuture<>();
    private boolean inDoubt;

    /** @param limit how long the caller waits */
    Append(List<EventRow> rows, Duration limit) {
        this.rows = List.copyOf(rows);
        this.deadline = System.nanoTime() + limit.toNanos();
    }

    List<EventRow> rows() {
        return rows;
    }

    EventRow firstRow() {
        return rows.getFirst();
    }

    int size() {
        return rows.stream().mapToInt(EventRow::size).sum();
    }

    /**
     * Waits for the writer's word. Not with a time limit of its own: each would be a timer, set and cancelled for an append
     * that takes milliseconds. Whoever watches all of them ends those that are late.
     */
    void await() {
        try {
            outcome.get();
        } catch (ExecutionException e) {
            throw asRuntimeException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            giveUp();
            join();
        }
    }

    private void join() {
        try {
            outcome.join();
        } catch (CompletionException e) {
            throw asRuntimeException(e.getCause());
        }
    }

    /** Ends the caller's waiting when its time is up. */
    void endWhenLate() {
        if (System.nanoTime() - deadline > 0) {
            giveUp();
        }
    }

    // the writer may have its say at the last moment: then that stands
    private void giveUp() {
        boolean notSent = state.compareAndSet(State.WAITING, State.ABANDONED);
        outcome.completeExceptionally(
                notSent
                        ? new StoreUnavailable("the event store did not answer in time; nothing was stored: try again")
                        : new OutcomeUnknown(firstRow().aggregateIdentifier()));
    }

    private static RuntimeException asRuntimeException(@Nullable Throwable failure) {
        return failure instanceof RuntimeException exception
                ? exception
                : new EventStoreException("the events could not be stored", failure);
    }

    /** For the writer, before it sends: whether somebody still waits for this. */
    boolean claim() {
        return !outcome.isDone() && (state.compareAndSet(State.WAITING, State.SENT) || state.get() == State.SENT);
    }

    /** The connection was lost after it was sent: it may be stored or not. */
    void putInDoubt() {
        inDoubt = true;
    }

    /** The server said that it stored nothing of what was sent last. */
    void takeBack() {
        if (!inDoubt) {
            state.compareAndSet(State.SENT, State.WAITING);
        }
    }

    void stored() {
        outcome.complete(null);
    }

    void failed(RuntimeException reason) {
        outcome.completeExceptionally(reason);
    }

    /** The server said that it stored nothing of what was sent last, and that trying again is no use. */
    void held() {
        takeBack();
        strand(StoreUnavailable.held());
    }

    /** The writer stops for good. */
    void stranded() {
        strand(new StoreUnavailable("this node is shutting down; nothing was stored: try again"));
    }

    private void strand(StoreUnavailable notStored) {
        failed(state.get() == State.SENT ? new OutcomeUnknown(firstRow().aggregateIdentifier()) : notStored);
    }
}
