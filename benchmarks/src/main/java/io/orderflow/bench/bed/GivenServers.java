package io.orderflow.bench.bed;

import io.orderflow.messaging.config.Topics;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;

/** Servers that run already: emptied, not started. What they cost is not ours to tell. */
final class GivenServers implements Servers {

    private static final Set<String> TOPICS =
            Set.of(Topics.ORDERS, Topics.INVENTORY, Topics.COMMANDS, Testbed.STOCK_TOPIC, Testbed.YARDSTICK_TOPIC);
    private static final Duration LOOK = Duration.ofMillis(100);

    private final Given given;

    GivenServers(Given given) {
        this.given = given;
    }

    @Override
    public void startDatabase() {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String schema : schemas(statement)) {
                statement.execute("drop schema " + schema + " cascade");
            }
            statement.execute("create schema public");
        } catch (SQLException e) {
            throw new IllegalStateException(given.database() + " cannot be emptied: " + e.getMessage(), e);
        }
    }

    private static List<String> schemas(Statement statement) throws SQLException {
        List<String> schemas = new ArrayList<>();
        try (ResultSet row = statement.executeQuery(
                "select quote_ident(nspname) from pg_namespace where nspname !~ '^(pg_|information_schema$)'")) {
            while (row.next()) {
                schemas.add(row.getString(1));
            }
        }
        return schemas;
    }

    @Override
    public void startKafka() {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", given.kafka()))) {
            admin.deleteTopics(ours(admin)).all().get();
            while (!ours(admin).isEmpty()) {
                LockSupport.parkNanos(LOOK.toNanos());
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(given.kafka() + " cannot be emptied: " + e.getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Set<String> ours(Admin admin) throws ExecutionException, InterruptedException {
        Set<String> names = new HashSet<>(admin.listTopics().names().get());
        names.retainAll(TOPICS);
        return names;
    }

    @Override
    public String url() {
        return given.database();
    }

    @Override
    public String user() {
        return given.user();
    }

    @Override
    public String password() {
        return given.password();
    }

    @Override
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(given.database(), given.user(), given.password());
    }

    @Override
    public String bootstrapServers() {
        return given.kafka();
    }

    @Override
    public Map<String, List<ProcessHandle>> processes() {
        return Map.of();
    }

    @Override
    public void end() {
        // they were there before us
    }
}
