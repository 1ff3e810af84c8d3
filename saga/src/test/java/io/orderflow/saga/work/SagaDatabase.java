package io.orderflow.saga.work;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.orderflow.servers.TestServers;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.flywaydb.core.Flyway;

/** A database of its own for a test, with the saga's tables. */
public final class SagaDatabase {

    private SagaDatabase() {}

    public static HikariDataSource open() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(TestServers.newDatabase());
        config.setUsername(TestServers.databaseUser());
        config.setPassword(TestServers.databasePassword());
        HikariDataSource database = new HikariDataSource(config);
        Flyway.configure()
                .dataSource(database)
                .locations("classpath:db/migration/saga")
                .load()
                .migrate();
        return database;
    }

    /** Has the planner find rows by their keys, as the service's connections do (saga.yml). */
    public static void findByKeys(Statement statement) throws SQLException {
        for (String costly : List.of("seqscan", "hashjoin", "mergejoin")) {
            statement.execute("SET enable_" + costly + " = off");
        }
    }

    /** The lines that an EXPLAIN has answered. */
    public static String plan(ResultSet lines) throws SQLException {
        StringBuilder plan = new StringBuilder();
        while (lines.next()) {
            plan.append(lines.getString(1)).append('\n');
        }
        return plan.toString();
    }
}
