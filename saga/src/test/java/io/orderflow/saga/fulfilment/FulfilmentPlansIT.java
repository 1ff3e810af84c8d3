package io.orderflow.saga.fulfilment;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.orderflow.saga.work.SagaDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is planned once, while there are hardly any fulfilments, is still right when there are many. */
class FulfilmentPlansIT {

    @ParameterizedTest
    @ValueSource(strings = {Fulfilments.UPDATE, Deadlines.FORGET})
    void aFulfilmentIsLookedUpByItsOrderAlsoWhenThatWasPlannedForATableNearlyEmpty(String sql) throws SQLException {
        try (HikariDataSource database = SagaDatabase.open();
                Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO fulfilment (order_id, stage, state, last_sequence)"
                    + " VALUES (gen_random_uuid(), 'RESERVING', '{}', 0)");
            statement.execute("VACUUM ANALYZE fulfilment");
            SagaDatabase.findByKeys(statement);
            statement.execute("SET plan_cache_mode = force_generic_plan");
            assertThat(planOf(statement, sql)).contains("Index Cond: (order_id = ANY (ARRAY[");
        }
    }

    private static String planOf(Statement statement, String sql) throws SQLException {
        int parameters = 0;
        String numbered = sql;
        while (numbered.contains("?")) {
            numbered = numbered.replaceFirst("\\?", "\\$" + ++parameters);
        }
        statement.execute("PREPARE planned AS " + numbered);
        try (ResultSet lines =
                statement.executeQuery("EXPLAIN EXECUTE planned (" + "NULL, ".repeat(parameters - 1) + "NULL)")) {
            return SagaDatabase.plan(lines);
        }
    }
}
