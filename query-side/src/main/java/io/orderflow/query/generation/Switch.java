package io.orderflow.query.generation;

import io.orderflow.query.generation.Comparison.Differs;
import io.orderflow.query.generation.Comparison.Seen;
import io.orderflow.query.generation.Generation.State;
import io.orderflow.query.generation.Generations.Serving;
import io.orderflow.query.projection.ReadModel;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Puts one generation in the place of another: in one transaction, with the positions of both locked, so that no event
 * is applied to either while they are compared. Nobody sees an older state than before: the new one is at least as far in
 * each partition. The feed of changes goes on without a gap or a repeat. If this process dies at any point, nothing has
 * happened.
 */
@Component
class Switch {

    private static final Logger log = LoggerFactory.getLogger(Switch.class);

    /** The old one stands still while the new one is waited for. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final String BEHIND = """
            SELECT EXISTS (SELECT FROM reader_position o LEFT JOIN reader_position n ON n.reader = ? AND n.topic = o.topic
                AND n.partition = o.partition AND n.topic_id = o.topic_id
            WHERE o.reader = ? AND (n.next_offset IS NULL OR n.next_offset < o.next_offset))
            """;

    private final Generations generations;
    private final ReadSchemas schemas;
    private final Comparison comparison;
    private final Optional<Replacement> replacement;
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;

    Switch(
            Generations generations,
            ReadSchemas schemas,
            Comparison comparison,
            Optional<Replacement> replacement,
            JdbcClient jdbc,
            PlatformTransactionManager manager) {
        this.generations = generations;
        this.schemas = schemas;
        this.comparison = comparison;
        this.replacement = replacement;
        this.jdbc = jdbc;
        this.transactions = new TransactionTemplate(manager);
    }

    /** Serves the first generation there is. */
    void serveFirst(Generation first) {
        transactions.executeWithoutResult(status -> {
            if (generations.serving(first.model()).isEmpty() && isStill(first, State.BUILDING)) {
                schemas.present(first, first);
                generations.serve(first.model(), first.number(), null);
                become(first, State.SERVING);
                log.info("{} serves", first.schema());
            }
        });
    }

    /**
     * Has {@code next} serve. False when it did not come as far as the one that serves, or is no longer what it was: try
     * again.
     *
     * @throws Differs when it lacks something that the one that serves has; everything stays as it is
     */
    boolean to(Generation next) {
        Generation current = serving(next.model());
        if (current.number() == next.number()) {
            return false;
        }
        Seen seen = comparison.all(current, next);
        return Boolean.TRUE.equals(transactions.execute(status -> {
            boolean replaced = replace(current.number(), next, seen);
            if (!replaced) {
                status.setRollbackOnly();
            }
            return replaced;
        }));
    }

    private boolean replace(int serving, Generation next, Seen seen) {
        ReadModel model = next.model();
        lockServing(model);
        Generation current = serving(model);
        if (!isStill(next, next.state()) || current.number() != serving) {
            return false;
        }
        long locked = System.nanoTime();
        lockPositions(current.reader());
        if (!hasCaughtUp(current, next)) {
            return false;
        }
        lockPositions(next.reader());
        lockParked(current, next);
        Set<String> doubtful = comparison.now(current, next, seen);
        if (next.version() == model.version()) {
            schemas.present(next, next);
        }
        become(current, State.KEPT);
        become(next, State.SERVING);
        generations.serve(model, next.number(), current.number());
        if (model == ReadModel.ORDERS) {
            enter(next);
            replacement.ifPresent(part -> part.replace(current.schema(), next.schema(), doubtful));
        }
        log.info(
                "{} serves instead of {}; new events waited {} ms",
                next.schema(),
                current.schema(),
                (System.nanoTime() - locked) / 1_000_000);
        return true;
    }

    private Generation serving(ReadModel model) {
        Serving serving = generations.serving(model).orElseThrow();
        return generations.find(model, serving.number()).orElseThrow();
    }

    private void become(Generation generation, State state) {
        if (!generations.become(generation, state, null)) {
            throw new IllegalStateException(generation.schema() + " is locked, and yet was changed");
        }
    }

    private void lockServing(ReadModel model) {
        jdbc.sql("SELECT model FROM serving WHERE model = ? FOR UPDATE")
                .param(model.lowerCaseName())
                .query(String.class)
                .single();
    }

    private boolean isStill(Generation generation, State state) {
        return generations
                .lock(generation.model(), generation.number())
                .filter(now -> now.state() == state && !now.paused())
                .isPresent();
    }

    private void lockPositions(String reader) {
        jdbc.sql("SELECT partition FROM reader_position WHERE reader = ? ORDER BY topic, partition FOR UPDATE")
                .param(reader)
                .query(Integer.class)
                .list();
    }

    /** A retry holds the lock of its sequence, not that of a position. */
    private void lockParked(Generation one, Generation other) {
        jdbc.sql(
                        "SELECT sequence_id FROM parked_sequence WHERE reader IN (?, ?) ORDER BY reader, sequence_id FOR UPDATE")
                .param(one.reader())
                .param(other.reader())
                .query(String.class)
                .list();
    }

    private boolean hasCaughtUp(Generation current, Generation next) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (isBehind(current, next)) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
        return true;
    }

    /** Whether {@code next} has yet to come as far as {@code current} is. */
    boolean isBehind(Generation current, Generation next) {
        return jdbc.sql(BEHIND)
                .param(next.reader())
                .param(current.reader())
                .query(Boolean.class)
                .single();
    }

    private void enter(Generation generation) {
        jdbc.sql("SELECT set_config('search_path', ?, true)")
                .param(generation.schema() + ", query")
                .query(String.class)
                .single();
    }
}
