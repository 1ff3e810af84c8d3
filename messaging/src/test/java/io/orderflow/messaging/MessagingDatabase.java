package io.orderflow.messaging;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.orderflow.servers.TestServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.transaction.support.TransactionTemplate;

/** A fresh database with the tables of this module, which can be taken away for a while. */
public final class MessagingDatabase implements AutoCloseable {

    private final HikariDataSource pool;
    private final AtomicBoolean away = new AtomicBoolean();
    private final DataSource dataSource;

    public MessagingDatabase() {
        this("latest");
    }

    private MessagingDatabase(String version) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(TestServers.newDatabase());
        config.setUsername(TestServers.databaseUser());
        config.setPassword(TestServers.databasePassword());
        this.pool = new HikariDataSource(config);
        this.dataSource = new DelegatingDataSource(pool) {
            @Override
            public Connection getConnection() throws SQLException {
                if (away.get()) {
                    throw new SQLException("connection refused", "08001");
                }
                return super.getConnection();
            }
        };
        migrate(version);
    }

    /** One with the tables as an earlier release had them. */
    public static MessagingDatabase migratedTo(String version) {
        return new MessagingDatabase(version);
    }

    /** Brings the tables to today's form. */
    public void migrate() {
        migrate("latest");
    }

    private void migrate(String version) {
        Flyway.configure()
                .dataSource(pool)
                .locations("classpath:db/migration/messaging", "classpath:db/migration/outbox")
                .target(version)
                .load()
                .migrate();
    }

    /** Refuses connections from now on. */
    public void goAway() {
        away.set(true);
    }

    public void comeBack() {
        away.set(false);
    }

    public JdbcClient jdbc() {
        return JdbcClient.create(dataSource);
    }

    public JdbcTemplate jdbcTemplate() {
        return new JdbcTemplate(dataSource);
    }

    /** Of a connection that is always there, for what a test looks up. */
    public JdbcClient observer() {
        return JdbcClient.create(pool);
    }

    public TransactionTemplate transactions() {
        return new TransactionTemplate(new DataSourceTransactionManager(dataSource));
    }

    @Override
    public void close() {
        pool.close();
    }
}
