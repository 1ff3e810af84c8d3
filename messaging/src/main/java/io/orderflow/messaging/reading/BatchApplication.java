package io.orderflow.messaging.reading;

import static java.util.stream.Collectors.toSet;

import io.orderflow.messaging.cloudevents.Sequences;
import io.orderflow.messaging.parking.Parking;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Applies polled records: one batch, one transaction, in which the partition's position moves over all of them.
 *
 * <p>A batch that fails is halved until the record to blame stands alone; that one is parked, and the others take effect.
 * A failure of the infrastructure leaves everything as it was and is thrown.
 */
final class BatchApplication<M> {

    private static final Logger log = LoggerFactory.getLogger(BatchApplication.class);

    private final Reading<M> reading;
    private final Positions positions;
    private final Parking parking;
    private final TransactionOperations transactions;

    BatchApplication(Reading<M> reading, Positions positions, Parking parking, TransactionOperations transactions) {
        this.reading = reading;
        this.positions = positions;
        this.parking = parking;
        this.transactions = transactions;
    }

    /**
     * Applies {@code records}, which follow {@code known} in their partition.
     *
     * @return the position behind them
     * @throws PositionMovedException when somebody else has moved the position since
     * @throws EpochChangedException when the records come from another life of the store
     */
    Position apply(TopicPartition partition, Position known, List<ConsumerRecord<String, byte[]>> records) {
        try {
            return inTransaction(partition, known, () -> applyLocked(known, records));
        } catch (PositionMovedException | EpochChangedException e) {
            throw e;
        } catch (Throwable e) {
            if (Failures.areInfrastructure(e)) {
                throw e;
            }
            return isolate(partition, known, records, e);
        }
    }

    /**
     * Moves the position to {@code offset}, there being no records before it.
     *
     * @throws PositionMovedException when somebody else has moved the position since
     */
    Position moveOverMarkers(TopicPartition partition, Position known, long offset) {
        return inTransaction(partition, known, () -> known.at(offset));
    }

    private Position isolate(
            TopicPartition partition, Position known, List<ConsumerRecord<String, byte[]>> records, Throwable cause) {
        if (records.size() == 1) {
            return park(partition, known, records.getFirst(), cause);
        }
        int half = records.size() / 2;
        Position middle = apply(partition, known, records.subList(0, half));
        return apply(partition, middle, records.subList(half, records.size()));
    }

    private Position park(
            TopicPartition partition, Position known, ConsumerRecord<String, byte[]> failed, Throwable cause) {
        String sequence = reading.sequence().apply(failed);
        log.error(
                "{} cannot process {} offset {}; {} is parked",
                reading.name(),
                partition,
                failed.offset(),
                sequence,
                cause);
        return inTransaction(partition, known, () -> {
            parking.park(reading.name(), sequence, failed, cause);
            return known.behind(failed.offset(), Sequences.globalIndexOf(failed), Sequences.epochOf(failed));
        });
    }

    private Position inTransaction(TopicPartition partition, Position known, Supplier<Position> effect) {
        return transactions.execute(status -> {
            Position stored = positions.lock(partition).orElseThrow(PositionMovedException::new);
            if (!stored.equals(known)) {
                throw new PositionMovedException();
            }
            Position next = effect.get();
            positions.move(partition, next);
            return next;
        });
    }

    private Position applyLocked(Position known, List<ConsumerRecord<String, byte[]>> records) {
        Fresh found = withoutRepeats(known, records);
        List<ConsumerRecord<String, byte[]>> fresh =
                found.records().stream().filter(reading.isOfInterest()).toList();
        Set<String> sequences = fresh.stream().map(reading.sequence()).collect(toSet());
        Set<String> parked = sequences.isEmpty() ? Set.of() : parking.lockParked(reading.name(), sequences);
        List<M> messages = new ArrayList<>(fresh.size());
        for (ConsumerRecord<String, byte[]> received : fresh) {
            String sequence = reading.sequence().apply(received);
            if (parked.contains(sequence)) {
                parking.enqueue(reading.name(), sequence, received);
            } else {
                messages.add(reading.translation().apply(received));
            }
        }
        if (!messages.isEmpty()) {
            reading.handler().accept(messages);
        }
        return found.behind();
    }

    /** @param behind the position behind everything that was looked through, repeats included */
    private record Fresh(List<ConsumerRecord<String, byte[]>> records, Position behind) {}

    private static Fresh withoutRepeats(Position known, List<ConsumerRecord<String, byte[]>> records) {
        List<ConsumerRecord<String, byte[]>> fresh = new ArrayList<>(records.size());
        Position seen = known;
        for (ConsumerRecord<String, byte[]> received : records) {
            Long index = Sequences.globalIndexOf(received);
            String epoch = Sequences.epochOf(received);
            if (seen.isForeign(epoch)) {
                throw new EpochChangedException(seen, received);
            }
            if (!seen.isRepeat(index)) {
                fresh.add(received);
            }
            seen = seen.behind(received.offset(), index, epoch);
        }
        return new Fresh(fresh, seen);
    }

    /** Another reader of the group owns the partition by now, or did in between. */
    static final class PositionMovedException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Another store publishes to the topic: what it says contradicts what was applied. */
    static final class EpochChangedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        EpochChangedException(Position seen, ConsumerRecord<String, byte[]> received) {
            super("applied events are of epoch " + seen.epoch() + ", but " + received.topic() + "-"
                    + received.partition() + " offset " + received.offset() + " is of epoch "
                    + Sequences.epochOf(received) + ": another event store has published it."
                    + " Reading stops here: see docs/runbooks/store-restored.md");
        }
    }
}
