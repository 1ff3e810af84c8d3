package io.orderflow.messaging.parking;

import io.orderflow.messaging.parking.Parking.Parked;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;

/** What an operator can do about parked sequences: look, retry, discard. */
public final class ParkedSequences {

    private static final Logger log = LoggerFactory.getLogger(ParkedSequences.class);

    private final Parking parking;
    private final TransactionOperations transactions;
    private final Retriable.Source readers;

    public ParkedSequences(Parking parking, TransactionOperations transactions, Retriable.Source readers) {
        this.parking = parking;
        this.transactions = transactions;
        this.readers = readers;
    }

    /**
     * How a retry ended.
     *
     * @param processed records that took effect now
     * @param released whether the sequence is free again
     * @param cause why the next record still cannot be processed; empty when released
     */
    public record Retry(int processed, boolean released, String cause) {}

    List<ParkedSequence> list(int limit) {
        return parking.list(limit);
    }

    /** Retries every parked sequence, the oldest first, at most {@code limit} of them. */
    List<Retry> retryAll(int limit) {
        return parking.list(limit).stream()
                .flatMap(parked -> retry(parked.reader(), parked.sequenceId()).stream())
                .toList();
    }

    /**
     * Processes the records of a sequence in their order, each in a transaction of its own, until none is left or one
     * fails. Empty when the sequence is not parked.
     */
    Optional<Retry> retry(String reader, String sequence) {
        Optional<? extends Retriable> retriable = readers.readers().stream()
                .filter(candidate -> candidate.name().equals(reader))
                .findFirst();
        return retriable.isPresent() ? retry(retriable.get(), sequence) : Optional.empty();
    }

    private Optional<Retry> retry(Retriable reader, String sequence) {
        int processed = 0;
        while (true) {
            try {
                Step step = transactions.execute(status -> processFirst(reader, sequence));
                switch (step) {
                    case PROCESSED -> processed++;
                    case RELEASED -> {
                        return Optional.of(new Retry(processed, true, ""));
                    }
                    case NOT_PARKED -> {
                        return processed == 0 ? Optional.empty() : Optional.of(new Retry(processed, true, ""));
                    }
                }
            } catch (RuntimeException | LinkageError e) {
                log.error("{}: {} stays parked", reader.name(), sequence, e);
                transactions.executeWithoutResult(status -> parking.failedAgain(reader.name(), sequence, e));
                return Optional.of(new Retry(processed, false, String.valueOf(e.getMessage())));
            }
        }
    }

    private enum Step {
        PROCESSED,
        RELEASED,
        NOT_PARKED
    }

    private Step processFirst(Retriable reader, String sequence) {
        if (!parking.lock(reader.name(), sequence)) {
            return Step.NOT_PARKED;
        }
        Optional<Parked> first = parking.first(reader.name(), sequence);
        if (first.isEmpty()) {
            parking.release(reader.name(), sequence);
            return Step.RELEASED;
        }
        reader.process(first.get().received());
        parking.remove(first.get().id());
        return Step.PROCESSED;
    }

    /** Takes the first record of a sequence off it, unprocessed. False when the sequence is not parked. */
    boolean discardFirst(String reader, String sequence, String actor) {
        return Boolean.TRUE.equals(transactions.execute(status -> {
            if (!parking.lock(reader, sequence)) {
                return false;
            }
            parking.first(reader, sequence).ifPresent(first -> {
                log.warn("{}: {} discards parked record {} of {}", reader, actor, first.id(), sequence);
                parking.discard(first.id(), actor);
            });
            if (parking.first(reader, sequence).isEmpty()) {
                parking.release(reader, sequence);
            }
            return true;
        }));
    }
}
