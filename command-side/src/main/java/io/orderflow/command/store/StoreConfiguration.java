package io.orderflow.command.store;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.messaging.serialization.ContractSerializer;
import javax.sql.DataSource;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class StoreConfiguration {

    @Bean
    PostgresConnections postgresConnections(JdbcConnectionDetails details) {
        return new PostgresConnections(details.getJdbcUrl(), details.getUsername(), details.getPassword());
    }

    @Bean
    GroupCommitEventStorageEngine eventStorageEngine(
            PostgresConnections connections,
            DataSource pool,
            ContractSerializer serializer,
            StoreProperties properties,
            MeterRegistry meters) {
        return GroupCommitEventStorageEngine.create(connections, pool, serializer, serializer, properties, meters);
    }

    @Bean
    StoreEpoch storeEpoch(JdbcClient jdbc) {
        return new StoreEpoch(jdbc);
    }
}
