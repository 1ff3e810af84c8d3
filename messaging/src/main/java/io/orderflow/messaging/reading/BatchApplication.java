package io.orderflow.messaging.reading;

import static java.util.stream.Collectors.toSet;

import io.orderflow.messaging.cloudevents.ReceivedRecord;
import io.orderflow.messaging.parking.Parking;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Applies polled records: one batch, one transaction, in which the positions of its partitions move over all of them.
 *
 * <p>A batch of one partition that fails is halved until the record to blame stands alone; that one is parked, and the
 * others take effect.
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
    Position apply(TopicPartition partition, Position known, List<ReceivedRecord> records) {
        try {
            return applyTogether(Map.of(partition, known), Map.of(partition, records))
                    .getOrDefault(partition, known);
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
     * Applies records of several partitions, all or nothing: a transaction costs, however little it applies. Where it fails,
     * each partition is to be tried by itself.
     *
     * @param known what the records of each partition follow
     * @return the positions behind them
     * @throws PositionMovedException when somebody else has moved one of the positions since
     * @throws EpochChangedException when records come from another life of the store
     */
    Map<TopicPartition, Position> applyTogether(
            Map<TopicPartition, Position> known, Map<TopicPartition, List<ReceivedRecord>> records) {
        return inTransaction(known, () -> {
            Map<TopicPartition, Position> behind = new HashMap<>();
            List<ReceivedRecord> all = new ArrayList<>();
            known.forEach((partition, position) -> {
                Fresh found = withoutRepeats(position, records.getOrDefault(partition, List.of()));
                all.addAll(found.records());
                behind.put(partition, found.behind());
            });
            applyFresh(all);
            return behind;
        });
    }

    /**
     * Moves the position to {@code offset}, there being no records before it.
     *
     * @throws PositionMovedException when somebody else has moved the position since
     */
    Position moveOverMarkers(TopicPartition partition, Position known, long offset) {
        Position reached = known.at(offset);
        inTransaction(Map.of(partition, known), () -> Map.of(partition, reached));
        return reached;
    }

    private Position isolate(TopicPartition partition, Position known, List<ReceivedRecord> records, Throwable cause) {
        if (records.size() == 1) {
            return park(partition, known, records.getFirst(), cause);
        }
        int half = records.size() / 2;
        Position middle = apply(partition, known, records.subList(0, half));
        return apply(partition, middle, records.subList(half, records.size()));
    }

    private Position park(TopicPartition partition, Position known, ReceivedRecord failed, Throwable cause) {
        String sequence = reading.sequence().apply(failed);
        log.error(
                "{} cannot process {} offset {}; {} is parked",
                reading.name(),
                partition,
                failed.offset(),
                sequence,
                cause);
        Position behind = known.behind(failed.offset(), failed.globalIndex(), failed.epoch());
        inTransaction(Map.of(partition, known), () -> {
            parking.park(reading.name(), sequence, failed, cause);
            return Map.of(partition, behind);
        });
        return behind;
    }

    private Map<TopicPartition, Position> inTransaction(
            Map<TopicPartition, Position> known, Supplier<Map<TopicPartition, Position>> effect) {
        return transactions.execute(status -> {
            if (!positions.lock(known.keySet()).equals(known)) {
                throw new PositionMovedException();
            }
            Map<TopicPartition, Position> next = effect.get();
            positions.move(next);
            return next;
        });
    }

    private void applyFresh(List<ReceivedRecord> unread) {
        List<ReceivedRecord> fresh =
                unread.stream().filter(reading.isOfInterest()).toList();
        Set<String> sequences = fresh.stream().map(reading.sequence()).collect(toSet());
        Set<String> parked = sequences.isEmpty() ? Set.of() : parking.lockParked(reading.name(), sequences);
        List<M> messages = new ArrayList<>(fresh.size());
        for (ReceivedRecord received : fresh) {
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
    }

    /** @param behind the position behind everything that was looked through, repeats included */
    private record Fresh(List<ReceivedRecord> records, Position behind) {}

    private static Fresh withoutRepeats(Position known, List<ReceivedRecord> records) {
        List<ReceivedRecord> fresh = new ArrayList<>(records.size());
        Position seen = known;
        for (ReceivedRecord received : records) {
            Long index = received.globalIndex();
            String epoch = received.epoch();
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

        EpochChangedException(Position seen, ReceivedRecord received) {
            super("applied events are of epoch " + seen.epoch() + ", but " + received + " is of epoch "
                    + received.epoch() + ": another event store has published it."
                    + " Reading stops here: see docs/runbooks/store-restored.md");
        }
    }
}
