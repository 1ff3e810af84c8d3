package io.orderflow.messaging.reading;

import static java.util.stream.Collectors.toMap;

import io.orderflow.messaging.cloudevents.ReceivedRecord;
import io.orderflow.messaging.reading.BatchApplication.EpochChangedException;
import io.orderflow.messaging.reading.BatchApplication.PositionMovedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of one consumer in its group.
 *
 * <pre>
 *   assigned --> UNPOSITIONED (paused) --> position read, sought --> READING --> revoked or lost
 *                     ^                                                |
 *                     +---------- position moved by somebody else -----+
 *                                                                      |
 *                        HALTED (paused) <-- another life of the store-+
 * </pre>
 *
 * <p>No offset governs reading but the one sought after the position was read: an assigned partition is paused until then,
 * also while the database is away. When the infrastructure fails, everything is paused, and polling goes on, so that
 * the group does not take the partitions away; after the backoff each partition is sought to its position and read again.
 */
final class ReaderLoop<M> implements ConsumerRebalanceListener {

    private static final Logger log = LoggerFactory.getLogger(ReaderLoop.class);
    private static final Duration POLL = Duration.ofMillis(200);

    /** A round this long leaves what was fetched at its beginning old: more has come meanwhile. */
    private static final Duration OLD = Duration.ofMillis(10);

    /** Longer than the broker takes to answer when it has more; when it has not, what is there waits no longer than this. */
    private static final Duration ANSWER = Duration.ofMillis(10);

    /** Between two looks for markers: behind each transaction there is one, and moving over it costs a transaction. */
    private static final Duration MARKERS = Duration.ofMillis(500);

    /** So many records are worth several transactions side by side; where as many wait, the next batch is a large one anyway. */
    private static final int MANY = 500;

    private final Reading<M> reading;
    private final Consumer<String, byte[]> consumer;
    private final BatchApplication<M> application;
    private final StoredPositions stored;
    private final Appliers appliers;
    private final IntSupplier atOnce;
    private final Backoff backoff = new Backoff();
    private final Map<TopicPartition, Position> positions = new HashMap<>();
    private final Set<TopicPartition> unpositioned = new HashSet<>();
    private final Set<TopicPartition> halted = new HashSet<>();
    private long followedAt = System.nanoTime();
    private long polledAt = System.nanoTime();
    private volatile boolean isReading;
    private volatile long lag;
    private volatile int partitions;

    /** Reads the positions of partitions, each in a transaction of its own. */
    interface StoredPositions {
        Position open(TopicPartition partition);
    }

    /**
     * @param appliers who apply what many records are shared out to
     * @param atOnce how many records are applied with one transaction, at most
     */
    ReaderLoop(
            Reading<M> reading,
            Consumer<String, byte[]> consumer,
            BatchApplication<M> application,
            StoredPositions stored,
            Appliers appliers,
            IntSupplier atOnce) {
        this.reading = reading;
        this.consumer = consumer;
        this.application = application;
        this.stored = stored;
        this.appliers = appliers;
        this.atOnce = atOnce;
    }

    void subscribe() {
        consumer.subscribe(reading.topics(), this);
    }

    /** One round: positions what was assigned, polls, applies. */
    void round() {
        if (backoff.isOver()) {
            positionAssigned();
        }
        ConsumerRecords<String, byte[]> polled = pollAll();
        long began = System.nanoTime();
        polledAt = began;
        Set<TopicPartition> left = new HashSet<>(polled.partitions());
        left.removeAll(applyTogether(polled));
        left.forEach(partition -> applyInBatches(partition, received(polled, partition)));
        if (polled.isEmpty() && System.nanoTime() - followedAt > MARKERS.toNanos()) {
            followedAt = System.nanoTime();
            followMarkers();
        }
        isReading = unpositioned.isEmpty() && halted.isEmpty() && !backoff.isFailing();
        partitions = consumer.assignment().size();
        lag = consumer.assignment().stream()
                .mapToLong(partition -> consumer.currentLag(partition).orElse(0))
                .sum();
        if (!polled.isEmpty() && lag < MANY) {
            awaitMore(began);
        }
    }

    private void awaitMore(long began) {
        try {
            reading.pace().await(began);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * What there is to read. With each poll the client asks for what the next one gives out: that is as old as the round it
     * was asked for in, and of a transaction it may be only some partitions. Hence, when that round was a long one, this asks
     * again.
     */
    private ConsumerRecords<String, byte[]> pollAll() {
        if (System.nanoTime() - polledAt <= OLD.toNanos()) {
            return poll(POLL);
        }
        ConsumerRecords<String, byte[]> early = poll(Duration.ZERO);
        if (early.count() >= MANY) {
            return early;
        }
        return early.isEmpty() ? poll(POLL) : both(early, poll(ANSWER));
    }

    private static ConsumerRecords<String, byte[]> both(
            ConsumerRecords<String, byte[]> first, ConsumerRecords<String, byte[]> second) {
        Map<TopicPartition, List<ConsumerRecord<String, byte[]>>> records = new HashMap<>();
        Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
        for (ConsumerRecords<String, byte[]> polled : List.of(first, second)) {
            for (TopicPartition partition : polled.partitions()) {
                records.computeIfAbsent(partition, unused -> new ArrayList<>()).addAll(polled.records(partition));
            }
            next.putAll(polled.nextOffsets());
        }
        return new ConsumerRecords<>(records, next);
    }

    private ConsumerRecords<String, byte[]> poll(Duration atMost) {
        try {
            return consumer.poll(atMost);
        } catch (InvalidOffsetException e) {
            // the log no longer has what comes next: never skip ahead, look again whether the topic was made anew
            log.error("{} cannot go on at its position; the topic was truncated or made anew", reading.name(), e);
            e.partitions().forEach(this::forget);
            backoff.failed(reading.name(), e);
            return ConsumerRecords.empty();
        }
    }

    private void positionAssigned() {
        for (TopicPartition partition : List.copyOf(unpositioned)) {
            try {
                Position position = stored.open(partition);
                positions.put(partition, position);
                unpositioned.remove(partition);
                consumer.seek(partition, position.nextOffset());
                consumer.resume(Set.of(partition));
            } catch (RuntimeException e) {
                backoff.failed(reading.name(), e);
                return;
            }
        }
    }

    /**
     * Applies partitions of a poll together: with one transaction, or many records with several at the same time. Of a
     * transaction that failed nothing was applied: each partition is then tried by itself, and what is wrong with one is
     * seen, told and dealt with there.
     *
     * @return the partitions that were applied
     */
    private Set<TopicPartition> applyTogether(ConsumerRecords<String, byte[]> polled) {
        Set<TopicPartition> partitions = polled.partitions();
        if (partitions.size() < 2 || polled.count() > atOnce.getAsInt() || !canBeApplied(partitions)) {
            return Set.of();
        }
        Map<TopicPartition, Position> behind =
                appliers.applyAll(sharesOf(polled), share -> applyTogether(share, polled));
        if (!behind.isEmpty()) {
            positions.putAll(behind);
            backoff.succeeded(reading.name());
        }
        return behind.keySet();
    }

    private List<Set<TopicPartition>> sharesOf(ConsumerRecords<String, byte[]> polled) {
        return polled.count() < MANY ? List.of(polled.partitions()) : appliers.sharesOf(polled);
    }

    /** The positions behind a share, on a thread of its own; none when it could not be applied. */
    private Map<TopicPartition, Position> applyTogether(
            Set<TopicPartition> share, ConsumerRecords<String, byte[]> polled) {
        try {
            return application.applyTogether(
                    share.stream().collect(toMap(partition -> partition, positions::get)),
                    share.stream().collect(toMap(partition -> partition, partition -> received(polled, partition))));
        } catch (RuntimeException | Error e) {
            log.debug("{} tries {} one by one", reading.name(), share, e);
            return Map.of();
        }
    }

    private static List<ReceivedRecord> received(ConsumerRecords<String, byte[]> polled, TopicPartition partition) {
        return polled.records(partition).stream().map(ReceivedRecord::new).toList();
    }

    private boolean canBeApplied(Set<TopicPartition> partitions) {
        return backoff.isOver() && positions.keySet().containsAll(partitions);
    }

    private void applyInBatches(TopicPartition partition, List<ReceivedRecord> records) {
        int applied = 0;
        boolean goesOn = true;
        while (goesOn && applied < records.size()) {
            int next = (int) Math.min((long) applied + atOnce.getAsInt(), records.size());
            goesOn = apply(partition, records.subList(applied, next));
            applied = next;
        }
    }

    /** Whether what follows may be applied, too. */
    private boolean apply(TopicPartition partition, List<ReceivedRecord> records) {
        Position known = positions.get(partition);
        if (known == null || !backoff.isOver()) {
            forget(partition); // an earlier partition of this poll has failed: come back to these records later
            return false;
        }
        try {
            positions.put(partition, application.apply(partition, known, records));
            backoff.succeeded(reading.name());
            return true;
        } catch (PositionMovedException e) {
            log.info("{}: {} was moved by another reader", reading.name(), partition);
            forget(partition);
        } catch (EpochChangedException e) {
            log.error("{} stops reading {}: {}", reading.name(), partition, e.getMessage());
            consumer.pause(Set.of(partition));
            halted.add(partition); // until an operator has reconciled, and restarts this
        } catch (RuntimeException | Error e) {
            forget(partition);
            backoff.failed(reading.name(), e);
        }
        return false;
    }

    /**
     * Kafka's transaction markers take offsets and are not given out. When nothing else is there to read, the stored
     * positions move over them, so that a position at the end of its partition says: everything is applied.
     */
    private void followMarkers() {
        for (TopicPartition partition : List.copyOf(positions.keySet())) {
            // a halted partition was polled beyond what was applied
            if (halted.contains(partition) || !backoff.isOver()) {
                continue;
            }
            try {
                Position known = Objects.requireNonNull(positions.get(partition));
                long reached = consumer.position(partition);
                if (reached > known.nextOffset()) {
                    positions.put(partition, application.moveOverMarkers(partition, known, reached));
                }
            } catch (PositionMovedException e) {
                forget(partition);
            } catch (RuntimeException e) {
                forget(partition);
                backoff.failed(reading.name(), e);
            }
        }
    }

    private void forget(TopicPartition partition) {
        if (consumer.assignment().contains(partition)) {
            consumer.pause(Set.of(partition));
            Position known = positions.remove(partition);
            if (known != null) {
                consumer.seek(partition, known.nextOffset()); // what was polled is not read: it counts in the lag again
            }
            unpositioned.add(partition);
        }
    }

    /** Whether all that is assigned is being read, and nothing fails. */
    boolean isReading() {
        return isReading;
    }

    /** Records that are in the partitions assigned and not read yet, as far as the broker's answers tell. */
    long lag() {
        return lag;
    }

    /** How many partitions are assigned. */
    int partitions() {
        return partitions;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        // a position of any kind, so that the client does not ask for a committed one; nothing is fetched while paused
        partitions.forEach(partition -> consumer.seek(partition, 0));
        consumer.pause(partitions);
        unpositioned.addAll(partitions);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        partitions.forEach(positions::remove);
        unpositioned.removeAll(partitions);
        halted.removeAll(partitions);
    }
}
