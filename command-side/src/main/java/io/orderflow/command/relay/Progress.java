package io.orderflow.command.relay;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * How far the relay is, for those who wait for it.
 *
 * @param state PUBLISHING; PUBLISHED, everything; WAITING, when no node publishes: Kafka is away, or all nodes start; or
 *     HELD, when the store lacks what was published from it
 * @param position every event up to this index of the store is in Kafka
 * @param head index of the last event that is stored
 * @param lag from one to the other; holes in the index count
 * @param held why nothing can be stored or published; absent when everything can
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Progress(
        State state,
        long position,
        long head,
        long lag,
        @Nullable String held) {

    enum State {
        PUBLISHING,
        PUBLISHED,
        WAITING,
        HELD
    }

    static Progress of(boolean led, long position, long head, @Nullable String held) {
        long lag = Math.max(0, head - position);
        return new Progress(held == null ? stateOf(led, lag) : State.HELD, position, head, lag, held);
    }

    private static State stateOf(boolean led, long lag) {
        if (lag == 0) {
            return State.PUBLISHED;
        }
        return led ? State.PUBLISHING : State.WAITING;
    }
}
