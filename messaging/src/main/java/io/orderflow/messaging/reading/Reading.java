package io.orderflow.messaging.reading;

import io.orderflow.messaging.cloudevents.ReceivedRecord;
import io.orderflow.messaging.pulse.BatchPace;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What is read, and what happens with it.
 *
 * @param name of the reader: its consumer group, and the key of its positions and parked sequences
 * @param topics read by it
 * @param undivided of these topics, those whose records concern the same rows whatever their partition: one thread at a time
 *     applies them
 * @param pace in which it lets records gather on a busy machine
 * @param isOfInterest what is not is passed over, unread
 * @param sequence names the records that must be applied one after the other; must not fail on an unreadable record
 * @param translation from record to message; what it throws parks the record
 * @param handler applies a batch in the reader's transaction; what it throws rolls the batch back, and parks the
 *     message that is to blame
 */
public record Reading<M>(
        String name,
        List<String> topics,
        Set<String> undivided,
        BatchPace pace,
        Predicate<ReceivedRecord> isOfInterest,
        Function<ReceivedRecord, String> sequence,
        Function<ReceivedRecord, M> translation,
        Consumer<List<M>> handler) {

    /** Reads everything. */
    public Reading(
            String name,
            List<String> topics,
            BatchPace pace,
            Function<ReceivedRecord, String> sequence,
            Function<ReceivedRecord, M> translation,
            Consumer<List<M>> handler) {
        this(name, topics, Set.of(), pace, received -> true, sequence, translation, handler);
    }
}
