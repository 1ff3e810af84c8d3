package io.orderflow.bench.stock;

import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariDataSource;
import io.orderflow.bench.bed.Testbed;
import io.orderflow.messaging.config.KafkaClients;
import io.orderflow.messaging.config.KafkaSettings;
import io.orderflow.messaging.serialization.ContractSerializer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.jdbc.UnitOfWorkAwareConnectionProviderWrapper;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.Configurer;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventhandling.TrackingEventProcessorConfiguration;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.PostgresTokenTableFactory;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.serialization.json.JacksonSerializer;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** What the framework's tracking processors need, on the servers that the environment names. */
final class StockParts {

    private final DataSource pool = pool();
    private final KafkaClients clients =
            new KafkaClients(new KafkaSettings(bootstrapServers(), Testbed.PARTITIONS, (short) -1, Map.of()));
    private final ContractSerializer serializer = new ContractSerializer();
    private final TransactionManager transactions =
            new SpringTransactionManager(new DataSourceTransactionManager(pool));

    private static DataSource pool() {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(System.getenv("ORDERFLOW_DB_URL"));
        pool.setUsername(System.getenv("ORDERFLOW_DB_USER"));
        pool.setPassword(System.getenv("ORDERFLOW_DB_PASSWORD"));
        return pool;
    }

    /** Says that the program runs, as our services do. */
    static void tellReady() throws IOException {
        int port = Integer.parseInt(System.getenv("SERVER_PORT"));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/actuator/health/readiness", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }

    String bootstrapServers() {
        return System.getenv("ORDERFLOW_KAFKA");
    }

    DataSource database() {
        return pool;
    }

    ConnectionProvider connections() {
        return new UnitOfWorkAwareConnectionProviderWrapper(new SpringDataSourceConnectionProvider(pool));
    }

    TransactionManager transactions() {
        return transactions;
    }

    ContractSerializer serializer() {
        return serializer;
    }

    void create(String topic) throws ExecutionException, InterruptedException {
        try (Admin admin = clients.admin()) {
            clients.topics().create(admin, List.of(topic));
        }
    }

    /** Tracking processors of one thread, from the first event on, their tokens in a table. */
    Configurer configurer() {
        JdbcTokenStore tokens = JdbcTokenStore.builder()
                .connectionProvider(connections())
                .serializer(JacksonSerializer.defaultSerializer())
                .build();
        tokens.createSchema(PostgresTokenTableFactory.INSTANCE);
        return DefaultConfigurer.defaultConfiguration()
                .configureSerializer(configuration -> serializer)
                .configureTransactionManager(configuration -> transactions)
                .registerComponent(TokenStore.class, configuration -> tokens)
                .registerComponent(
                        TrackingEventProcessorConfiguration.class,
                        configuration -> TrackingEventProcessorConfiguration.forSingleThreadedProcessing()
                                .andInitialTrackingToken(StreamableMessageSource::createTailToken));
    }
}
