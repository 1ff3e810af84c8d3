package io.orderflow.query.generation;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.query.QuerySideTest;
import io.orderflow.query.projection.ReadModel;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

@QuerySideTest
class GenerationConnectionsIT {

    private static final int TIMES = 50;
    private static final String QUESTION = "SELECT count(*) FROM order_summary WHERE order_id = ?";

    @Autowired
    Rebuilds rebuilds;

    @Autowired
    JdbcClient jdbc;

    /** A change of the search path, even for one transaction, has the driver forget them all. */
    @Test
    void statementsStayPreparedWhileOthersReadOtherTables() {
        TransactionOperations reading =
                rebuilds.servingReader(ReadModel.ORDERS).orElseThrow().transactions();
        for (int i = 0; i < TIMES; i++) {
            reading.executeWithoutResult(status -> ask());
            ask();
        }
        assertThat(most(() -> reading.execute(status -> executions())))
                .as("by one statement of a reader")
                .isGreaterThan(TIMES / 4);
        assertThat(most(this::executions)).as("by one statement of a question").isGreaterThan(TIMES / 4);
    }

    private void ask() {
        Long none =
                jdbc.sql(QUESTION).param(UUID.randomUUID()).query(Long.class).single();
        assertThat(none).isZero();
    }

    /** On one of the connections; each has its own. */
    private static long most(LongSupplier executions) {
        return LongStream.generate(executions).limit(TIMES).max().orElseThrow();
    }

    private long executions() {
        return jdbc.sql("SELECT coalesce(max(generic_plans + custom_plans), 0) FROM pg_prepared_statements"
                        + " WHERE statement LIKE 'SELECT count(*) FROM order_summary WHERE order_id%'")
                .query(Long.class)
                .single();
    }
}
