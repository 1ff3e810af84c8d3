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
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

@QuerySideTest
class GenerationConnectionsIT {

    private static final int TIMES = 200;

    /** Once prepared, however the pool of twelve connections shares the questions out. */
    private static final int OFTEN = 12;

    private static final String CHANGED = "SELECT set_config('search_path', 'query_orders_1, query', true)";

    @Autowired
    Rebuilds rebuilds;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PlatformTransactionManager manager;

    @Test
    void statementsStayPreparedWhileOthersReadOtherTables() {
        String question = "SELECT count(*) FROM order_summary WHERE order_id = ?";
        TransactionOperations reading =
                rebuilds.servingReader(ReadModel.ORDERS).orElseThrow().transactions();
        for (int i = 0; i < TIMES; i++) {
            reading.executeWithoutResult(status -> ask(question));
            ask(question);
        }
        assertThat(most(() -> reading.execute(status -> plansOf(question))))
                .as("of one statement of a reader")
                .isGreaterThan(OFTEN);
        assertThat(most(() -> plansOf(question)))
                .as("of one statement of a question")
                .isGreaterThan(OFTEN);
    }

    @Test
    void whereTheSearchPathChangesForATransactionNoneDoes() {
        String question = "SELECT count(*) FROM order_summary AS changed WHERE order_id = ?";
        TransactionOperations usual = new TransactionTemplate(manager);
        for (int i = 0; i < TIMES; i++) {
            usual.executeWithoutResult(status -> {
                jdbc.sql(CHANGED).query(row -> {});
                ask(question);
            });
        }
        assertThat(most(() -> usual.execute(status -> plansOf(question)))).isLessThan(3);
    }

    private void ask(String question) {
        Long none =
                jdbc.sql(question).param(UUID.randomUUID()).query(Long.class).single();
        assertThat(none).isZero();
    }

    /** On one of the connections; each has its own. */
    private static long most(LongSupplier plans) {
        return LongStream.generate(plans).limit(TIMES).max().orElseThrow();
    }

    /** How often a statement was executed since it was prepared on this connection. */
    private long plansOf(String question) {
        return jdbc.sql("SELECT coalesce(max(generic_plans + custom_plans), 0) FROM pg_prepared_statements"
                        + " WHERE starts_with(statement, ?)")
                .param(question.replace("?", ""))
                .query(Long.class)
                .single();
    }
}
