package io.orderflow.query.generation;

import io.orderflow.query.projection.ReadModel;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The schemas of generations, and the views through which a release reads the one that serves it.
 *
 * <p>Putting another generation in place renames the schema with the views: a change of the catalogue only, which waits for
 * no reader and lets none wait; a view that is replaced would. Names are ours throughout, so they are not quoted.
 */
@Component
class ReadSchemas {

    /** The migration that makes what is needed to fill a model. Those after it are for what serves: indexes. */
    private static final String TABLES = "1";

    /** Of the pool's limits only those against a frozen node: an index takes as long as it takes. */
    private static final String PATIENT = "-c idle_in_transaction_session_timeout=20s -c idle_session_timeout=10min"
            + " -c maintenance_work_mem=256MB";

    /** An index takes one processor, and leaves the others to those who ask. */
    private static final String CONSIDERATE = " -c max_parallel_maintenance_workers=0";

    /** Flyway's lock is held by a session that does nothing else: in a transaction it would be ended for that. */
    private static final Map<String, String> OWN_LOCK = Map.of("flyway.postgresql.transactional.lock", "false");

    private final JdbcConnectionDetails database;
    private final JdbcClient jdbc;

    ReadSchemas(JdbcConnectionDetails database, JdbcClient jdbc) {
        this.database = database;
        this.jdbc = jdbc;
    }

    /** Makes the tables of a generation, unless they are there. */
    void create(Generation generation) {
        migrate(generation, TABLES);
    }

    /** Makes what a generation needs to serve. Those who fill it wait meanwhile. */
    void complete(Generation generation) {
        migrate(generation, "latest");
    }

    private void migrate(Generation generation, String target) {
        Flyway.configure()
                .configuration(OWN_LOCK)
                .jdbcProperties(Map.of("options", generation.isThrottled() ? PATIENT + CONSIDERATE : PATIENT))
                .dataSource(database.getJdbcUrl(), database.getUsername(), database.getPassword())
                .schemas(generation.schema())
                .defaultSchema(generation.schema())
                .locations("classpath:db/projection/" + generation.model().lowerCaseName())
                .target(target)
                .load()
                .migrate();
    }

    boolean isPresented(ReadModel model) {
        return jdbc.sql("SELECT to_regnamespace(?) IS NOT NULL")
                .param(model.viewSchema())
                .query(Boolean.class)
                .single();
    }

    /**
     * Shows this release the rows of {@code data}. They may be of another version of the model: columns and tables that
     * {@code shape}, of this release's version, has beyond are empty then.
     */
    void present(Generation data, Generation shape) {
        String views = data.model().viewSchema();
        String next = views + "_next";
        awaitTurn();
        execute("DROP SCHEMA IF EXISTS " + next + " CASCADE");
        execute("CREATE SCHEMA " + next);
        tables(shape)
                .forEach(table -> execute("CREATE VIEW " + next + "." + table + " AS " + select(table, data, shape)));
        if (isPresented(data.model())) {
            String gone = jdbc.sql("SELECT 'gone_' || nextval('gone_schema')")
                    .query(String.class)
                    .single();
            execute("ALTER SCHEMA " + views + " RENAME TO " + gone);
        }
        execute("ALTER SCHEMA " + next + " RENAME TO " + views);
    }

    private String select(String table, Generation data, Generation shape) {
        String columns = jdbc.sql("""
                SELECT string_agg(CASE WHEN d.attname IS NULL
                    THEN 'NULL::' || format_type(s.atttypid, s.atttypmod) || ' AS ' || s.attname ELSE 't.' || s.attname END,
                    ', ' ORDER BY s.attnum)
                FROM pg_attribute s LEFT JOIN pg_attribute d ON d.attrelid = to_regclass(:data) AND d.attname = s.attname
                    AND d.atttypid = s.atttypid AND d.attnum > 0 AND NOT d.attisdropped
                WHERE s.attrelid = to_regclass(:shape) AND s.attnum > 0 AND NOT s.attisdropped
                """)
                .param("data", data.schema() + "." + table)
                .param("shape", shape.schema() + "." + table)
                .query(String.class)
                .single();
        return "SELECT " + columns
                + (tables(data).contains(table) ? " FROM " + data.schema() + "." + table + " t" : " WHERE false");
    }

    /** The tables of a generation, those that tell how they were made excepted. */
    List<String> tables(Generation generation) {
        return jdbc.sql(
                        "SELECT tablename FROM pg_tables WHERE schemaname = ? AND tablename NOT LIKE 'flyway%' ORDER BY 1")
                .param(generation.schema())
                .query(String.class)
                .list();
    }

    /**
     * Shows people with a database client what serves, under the names in schema {@code query}. No question of ours is
     * answered from these.
     */
    void presentToPeople(Generation data) {
        awaitTurn();
        for (String table : tables(data)) {
            execute("DROP VIEW IF EXISTS query." + table);
            execute("CREATE VIEW query." + table + " AS SELECT * FROM " + data.schema() + "." + table);
        }
    }

    /** Whether {@link #presentToPeople} has yet to be done. */
    boolean isHiddenFromPeople(Generation data) {
        return jdbc.sql("SELECT NOT EXISTS (SELECT FROM pg_views WHERE schemaname = 'query' AND viewname = ?"
                        + " AND definition LIKE '%' || ? || '.%')")
                .param(data.model().versionsTable())
                .param(data.schema())
                .query(Boolean.class)
                .single();
    }

    /** Drops views that were replaced; what is still being read stays until the next time. */
    void dropReplaced() {
        for (String schema : jdbc.sql("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'gone\\_%'")
                .query(String.class)
                .list()) {
            try {
                execute("DROP SCHEMA " + schema + " CASCADE");
            } catch (DataAccessException e) {
                return; // somebody reads it: later
            }
        }
    }

    void drop(Generation generation) {
        execute("DROP SCHEMA IF EXISTS " + generation.schema() + " CASCADE");
        for (String table : List.of("reader_position", "parked_record", "parked_sequence")) {
            jdbc.sql("DELETE FROM " + table + " WHERE reader = ?")
                    .param(generation.reader())
                    .update();
        }
    }

    /** Nodes that start at once would make the same views, and all but one fail. Ends with the transaction. */
    private void awaitTurn() {
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended('orderflow read schemas', 0))")
                .query(rows -> {});
    }

    private void execute(String sql) {
        jdbc.sql(sql).update();
    }
}
