package io.orderflow.command.recovery;

import io.orderflow.command.store.PostgresConnections;
import io.orderflow.messaging.config.KafkaClients;
import io.orderflow.messaging.config.KafkaSettings;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.Map;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

/** {@code orderflow recover-store}: {@link StoreRecovery} where the environment says that PostgreSQL and Kafka are. */
public final class RecoverStore {

    private RecoverStore() {}

    /**
     * @param environment the variables of the services: ORDERFLOW_DB_URL, _USER and _PASSWORD, ORDERFLOW_KAFKA
     * @return the exit code; 0 when the store has what the topics have
     */
    public static int run(Map<String, String> environment, PrintStream out) {
        LoggingSystem.get(RecoverStore.class.getClassLoader())
                .setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.ERROR); // what is told, is told below
        try {
            Recovered recovered = new StoreRecovery(
                            connections(environment), clients(environment), line -> out.println("  " + line))
                    .recover();
            out.println("  %,d events brought back, %,d moved behind them; the store has all that was published."
                    .formatted(recovered.broughtBack(), recovered.moved()));
            return 0;
        } catch (CannotRecover e) {
            out.println("  orderflow: " + e.getMessage());
        } catch (SQLException e) {
            out.println("  orderflow: PostgreSQL says: " + e.getMessage());
        }
        return 1;
    }

    private static PostgresConnections connections(Map<String, String> environment) {
        String url = environment.getOrDefault("ORDERFLOW_DB_URL", "jdbc:postgresql://localhost:5432/orderflow");
        return new PostgresConnections(
                url.contains("currentSchema=") ? url : url + (url.contains("?") ? "&" : "?") + "currentSchema=command",
                environment.getOrDefault("ORDERFLOW_DB_USER", "orderflow"),
                environment.getOrDefault("ORDERFLOW_DB_PASSWORD", ""));
    }

    private static KafkaClients clients(Map<String, String> environment) {
        String brokers = environment.getOrDefault("ORDERFLOW_KAFKA", "localhost:9092");
        return new KafkaClients(new KafkaSettings(brokers, 12, (short) -1, Map.of()));
    }
}
