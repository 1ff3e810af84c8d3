package io.orderflow.query.generation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A generation, for those who wait for it.
 *
 * @param projection name of the model whose tables it fills
 * @param version of the model in the release that fills it
 * @param state BUILDING, CATCHING_UP (it has all that there was when it was begun), PAUSED, SERVING, KEPT to go back to,
 *     CANCELLED, FAILED or DROPPED
 * @param done records applied
 * @param total records there are; absent while Kafka is away
 * @param rate records a second, of all nodes, in the last ten seconds
 * @param lag records that are still to be applied
 * @param secondsLeft at this rate; absent when nothing moves
 * @param eventsPerSecond how fast all nodes together may go; absent without a limit
 * @param failure why it failed, and what to do
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Progress(
        String projection,
        int generation,
        int version,
        State state,
        long done,
        @Nullable Long total,
        long rate,
        @Nullable Long lag,
        @Nullable Long secondsLeft,
        @Nullable Integer eventsPerSecond,
        Instant createdAt,
        @Nullable Instant servedAt,
        @Nullable String failure) {

    enum State {
        BUILDING,
        CATCHING_UP,
        PAUSED,
        SERVING,
        KEPT,
        CANCELLED,
        FAILED,
        DROPPED
    }

    static Progress of(Generation generation, long done, @Nullable Long total, long rate) {
        Long lag = total == null ? null : Math.max(0, total - done);
        return new Progress(
                generation.model().lowerCaseName(),
                generation.number(),
                generation.version(),
                stateOf(generation, done),
                done,
                total,
                rate,
                lag,
                lag == null || rate == 0 ? null : lag / rate,
                generation.eventsPerSecond(),
                generation.createdAt(),
                generation.servedAt(),
                generation.failure());
    }

    private static State stateOf(Generation generation, long done) {
        return switch (generation.state()) {
            case BUILDING ->
                generation.paused()
                        ? State.PAUSED
                        : generation.goal() != null && done >= generation.goal() ? State.CATCHING_UP : State.BUILDING;
            case SERVING -> State.SERVING;
            case KEPT -> State.KEPT;
            case CANCELLED -> State.CANCELLED;
            case FAILED -> State.FAILED;
            case DROPPED -> State.DROPPED;
        };
    }
}
