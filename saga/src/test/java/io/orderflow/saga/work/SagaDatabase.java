package io.orderflow.saga.work;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.orderflow.servers.TestServers;
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
}
