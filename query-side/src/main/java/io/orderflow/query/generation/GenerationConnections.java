package io.orderflow.query.generation;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * The connections of this service; to whoever feeds a generation, that generation's own, on which the names of read tables
 * mean its tables for good. Where their meaning changes from one transaction to the next, the driver forgets all statements
 * that it has prepared, those of others too (pgjdbc, since PostgreSQL 18 reports the search path), and each is parsed and
 * planned anew, which takes longer than a small batch itself.
 */
public final class GenerationConnections extends DelegatingDataSource {

    private static final ScopedValue<DataSource> CURRENT = ScopedValue.newInstance();

    // rows are found by their keys, however few the planner takes a table to have while it is filled
    private static final String SETTINGS = "SET search_path = %s, query; SET enable_hashjoin = off;"
            + " SET enable_mergejoin = off; SET plan_cache_mode = force_generic_plan";

    private final HikariDataSource usual;

    public GenerationConnections(HikariDataSource usual) {
        super(usual);
        this.usual = usual;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return CURRENT.isBound() ? CURRENT.get().getConnection() : super.getConnection();
    }

    /** Connections of a generation's own, made like the usual ones, when they are needed. To be closed. */
    HikariDataSource of(Generation generation, int most) {
        HikariConfig config = new HikariConfig();
        usual.copyStateTo(config);
        config.setPoolName(generation.reader());
        config.setMaximumPoolSize(most);
        config.setMinimumIdle(most);
        config.setInitializationFailTimeout(-1); // a database that is away is waited for by those who read
        config.setConnectionInitSql(SETTINGS.formatted(generation.schema()));
        return new HikariDataSource(config);
    }

    /** Does {@code work}; the connection of a transaction that it begins is one of {@code connections}. */
    static <T extends @Nullable Object> T on(DataSource connections, Supplier<T> work) {
        return ScopedValue.where(CURRENT, connections).call(work::get);
    }
}
