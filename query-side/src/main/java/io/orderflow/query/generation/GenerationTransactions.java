package io.orderflow.query.generation;

import com.zaxxer.hikari.HikariDataSource;
import io.orderflow.messaging.reading.InfrastructureException;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionOperations;

/** Transactions in which the names of read tables mean those of one generation. */
final class GenerationTransactions implements TransactionOperations, AutoCloseable {

    /**
     * What is built may be on disk a moment after its commit: a database that loses it has lost the position, too, and the
     * switch is on disk with all before it.
     */
    private static final String IS_FED = """
            SELECT CASE WHEN state = 'BUILDING' THEN set_config('synchronous_commit', 'off', true) END
            FROM generation WHERE model = ? AND number = ? AND state IN ('BUILDING', 'SERVING', 'KEPT') AND NOT paused
            """;

    private final TransactionOperations transactions;
    private final HikariDataSource connections;
    private final JdbcClient jdbc;
    private final Generation generation;
    private final Pace pace;

    /** @param connections of the generation, closed with this */
    GenerationTransactions(
            TransactionOperations transactions,
            HikariDataSource connections,
            JdbcClient jdbc,
            Generation generation,
            Pace pace) {
        this.transactions = transactions;
        this.connections = connections;
        this.jdbc = jdbc;
        this.generation = generation;
        this.pace = pace;
    }

    /** @throws InfrastructureException when the generation was paused or ended: nothing of it may be parked for that */
    @Override
    public <T extends @Nullable Object> T execute(TransactionCallback<T> action) {
        return pace.paced(() -> GenerationConnections.on(
                connections,
                () -> transactions.execute(status -> {
                    requireFed();
                    return action.doInTransaction(status);
                })));
    }

    /** From here to the end of the running transaction, which somebody else has begun. */
    void enter() {
        jdbc.sql("SELECT set_config('search_path', ?, true), set_config('enable_hashjoin', 'off', true),"
                        + " set_config('enable_mergejoin', 'off', true)")
                .param(generation.schema() + ", query")
                .query(row -> {});
        requireFed();
    }

    private void requireFed() {
        boolean isFed = jdbc.sql(IS_FED)
                .param(generation.model().lowerCaseName())
                .param(generation.number())
                .query((row, number) -> true)
                .optional()
                .isPresent();
        if (!isFed) {
            throw new InfrastructureException(generation.reader() + " is paused, or was ended");
        }
    }

    @Override
    public void close() {
        connections.close();
    }
}
