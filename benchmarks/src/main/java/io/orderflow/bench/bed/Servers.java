package io.orderflow.bench.bed;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** The PostgreSQL and the Kafka of a testbed, fresh when they are started. */
interface Servers {

    void startDatabase();

    void startKafka();

    /** JDBC URL of the database. */
    String url();

    String user();

    String password();

    Connection connect() throws SQLException;

    String bootstrapServers();

    /** Those whose processor time can be told, by name. */
    Map<String, List<ProcessHandle>> processes();

    /** Ends what was started. */
    void end();
}
