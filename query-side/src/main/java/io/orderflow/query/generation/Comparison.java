package io.orderflow.query.generation;

import io.orderflow.query.projection.ReadModel;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Compares two generations of a model: all of both in one snapshot, while they are being filled; and once more, while
 * nothing is applied to either, only what differed then or was written since, beside a count of all events. What was the
 * same and was not written is the same: so new events wait for no join of all orders.
 */
@Component
class Comparison {

    private static final String DIFFERENT = """
            SELECT coalesce(o.%3$s, n.%3$s)::text FROM %1$s.%4$s o FULL JOIN %2$s.%4$s n USING (%3$s)
            WHERE o.version IS DISTINCT FROM n.version
            """;

    /** By the transaction that wrote a row: those before {@code since} had all ended when the snapshot was taken. */
    private static final String WRITTEN = "SELECT %2$s::text FROM %1$s.%3$s WHERE age(xmin) <= age(?::xid8::xid)";

    private static final String LACKING = """
            SELECT count(*) FROM %1$s.%5$s o LEFT JOIN %2$s.%5$s n USING (%3$s)
            WHERE o.%3$s = ANY (?::%4$s[]) AND (n.version IS NULL OR n.version < o.version)
            """;

    private final ReadSchemas schemas;
    private final JdbcClient jdbc;
    private final TransactionTemplate snapshots;

    Comparison(ReadSchemas schemas, JdbcClient jdbc, PlatformTransactionManager manager) {
        this.schemas = schemas;
        this.jdbc = jdbc;
        this.snapshots = new TransactionTemplate(manager);
        snapshots.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        snapshots.setReadOnly(true);
    }

    /** The two are not the same. */
    static final class Differs extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Differs(String how) {
            super(how);
        }
    }

    /**
     * What all of it looked like at one moment.
     *
     * @param different aggregates that were not equally far; few, since one generation is nearly where the other is
     * @param since the transaction from which on any may have written after that moment
     */
    record Seen(List<String> different, String since) {}

    /** Both may go on meanwhile. */
    Seen all(Generation current, Generation next) {
        return snapshots.execute(status -> {
            readWholeTables();
            String since = jdbc.sql("SELECT pg_snapshot_xmin(pg_current_snapshot())::text")
                    .query(String.class)
                    .single();
            return new Seen(isComparable(current) ? different(current, next) : List.of(), since);
        });
    }

    /**
     * Aggregates that may differ by now. Within a transaction that keeps new events from both.
     *
     * @throws Differs when {@code next} lacks something that {@code current} has, or is made of more events than it has read
     */
    Set<String> now(Generation current, Generation next, Seen seen) {
        Set<String> doubtful = new LinkedHashSet<>(seen.different());
        if (isComparable(current)) {
            readWholeTables();
            doubtful.addAll(written(current, seen.since()));
            doubtful.addAll(written(next, seen.since()));
            requireNothingLacks(current, next, doubtful);
            requireCounts(current, next);
        }
        return doubtful;
    }

    /** One of another version may have no such table. */
    private boolean isComparable(Generation current) {
        return schemas.tables(current).contains(current.model().versionsTable());
    }

    /** Not along an index, row by row, as questions read them. */
    private void readWholeTables() {
        jdbc.sql("SELECT set_config('enable_seqscan', 'on', true), set_config('work_mem', '128MB', true)")
                .query((row, number) -> true)
                .single();
    }

    private List<String> different(Generation current, Generation next) {
        ReadModel model = next.model();
        return jdbc.sql(DIFFERENT.formatted(
                        current.schema(), next.schema(), model.versionsKey(), model.versionsTable()))
                .query(String.class)
                .list();
    }

    private List<String> written(Generation generation, String since) {
        ReadModel model = generation.model();
        return jdbc.sql(WRITTEN.formatted(generation.schema(), model.versionsKey(), model.versionsTable()))
                .param(since)
                .query(String.class)
                .list();
    }

    private void requireNothingLacks(Generation current, Generation next, Collection<String> aggregates) {
        ReadModel model = next.model();
        long lacking = jdbc.sql(LACKING.formatted(
                        current.schema(),
                        next.schema(),
                        model.versionsKey(),
                        model.versionsKeyType(),
                        model.versionsTable()))
                .param(aggregates.toArray(String[]::new))
                .query(Long.class)
                .single();
        if (lacking > 0) {
            throw new Differs(lacking + " rows of " + model.versionsTable() + " are not as far in " + next.schema()
                    + " as in " + current.schema() + "; look at what is parked for " + next.reader());
        }
    }

    /** What is more in the new one comes from records that the old one has yet to read. */
    private void requireCounts(Generation current, Generation next) {
        long ahead = read(next) - read(current);
        long parked = jdbc.sql("SELECT count(*) FROM parked_record WHERE reader = ? AND discarded_at IS NULL")
                .param(current.reader())
                .query(Long.class)
                .single();
        long more = events(next) - events(current);
        if (next.version() == current.version() && (more < 0 || more > ahead + parked)) {
            throw new Differs(next.schema() + " is made of " + more + " events more than " + current.schema()
                    + ", having read " + ahead + " records more");
        }
    }

    private long read(Generation generation) {
        return jdbc.sql("SELECT coalesce(sum(next_offset), 0)::bigint FROM reader_position WHERE reader = ?")
                .param(generation.reader())
                .query(Long.class)
                .single();
    }

    private long events(Generation generation) {
        return jdbc.sql(generation.model().countOfEvents(generation.schema()))
                .query(Long.class)
                .single();
    }
}
