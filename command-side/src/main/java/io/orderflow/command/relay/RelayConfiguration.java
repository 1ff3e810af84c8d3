package io.orderflow.command.relay;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.command.store.GroupCommitEventStorageEngine;
import io.orderflow.command.store.PostgresConnections;
import io.orderflow.command.store.StoreEpoch;
import io.orderflow.messaging.cloudevents.CloudEventConverter;
import io.orderflow.messaging.config.KafkaClients;
import io.orderflow.messaging.serialization.ContractSerializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class RelayConfiguration {

    private static final String LAG =
            "select coalesce((select max(global_index) from domain_event_entry), 0) - position from relay_position";

    @Bean
    Relay relay(
            PostgresConnections connections,
            GroupCommitEventStorageEngine store,
            KafkaClients clients,
            ContractSerializer serializer,
            StoreEpoch epoch,
            JdbcClient jdbc,
            RelayProperties properties,
            MeterRegistry meters) {
        Gauge.builder("orderflow.relay.lag", jdbc, RelayConfiguration::lag)
                .description("events that are stored and not yet published; holes in the index count")
                .register(meters);
        Gauge.builder("orderflow.store.held", jdbc, RelayConfiguration::held)
                .description("1 when nothing can be stored: the store lacks what was published from it")
                .register(meters);
        return new Relay(connections, store, clients, new CloudEventConverter(serializer, epoch), properties, meters);
    }

    private static double held(JdbcClient jdbc) {
        return jdbc.sql("select count(held) from store_epoch")
                .query(Double.class)
                .single();
    }

    private static double lag(JdbcClient jdbc) {
        return jdbc.sql(LAG).query(Double.class).single();
    }
}
