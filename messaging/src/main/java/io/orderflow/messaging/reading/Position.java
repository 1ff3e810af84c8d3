package io.orderflow.messaging.reading;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How far a reader has come in one partition.
 *
 * @param topicId the broker's id of the topic; another one means that the topic was made anew
 * @param nextOffset offset of the next record to read
 * @param lastIndex highest global index that was applied; a record at or below it is a repeat. Exact, because a
 *     partition is at all times a prefix of the store's order plus repeats. -1 before the first
 * @param epoch life of the store that the applied events come from; null before the first
 */
record Position(
        String topicId,
        long nextOffset,
        long lastIndex,
        @Nullable String epoch) {

    static Position start(String topicId) {
        return new Position(topicId, 0, -1, null);
    }

    /** The same events from a topic made anew: read it from its start, and drop what was applied. */
    Position inNewTopic(String newTopicId) {
        return new Position(newTopicId, 0, lastIndex, epoch);
    }

    Position at(long offset) {
        return new Position(topicId, offset, lastIndex, epoch);
    }

    /** Behind the record at {@code offset}, handled or not. */
    Position behind(long offset, @Nullable Long index, @Nullable String recordEpoch) {
        return new Position(
                topicId,
                offset + 1,
                index == null ? lastIndex : Math.max(lastIndex, index),
                recordEpoch == null ? epoch : recordEpoch);
    }

    boolean isRepeat(@Nullable Long globalIndex) {
        return globalIndex != null && globalIndex <= lastIndex;
    }

    boolean isForeign(@Nullable String recordEpoch) {
        return epoch != null && recordEpoch != null && !Objects.equals(epoch, recordEpoch);
    }
}
