package io.orderflow.query.config;

import io.orderflow.messaging.MessagingConfiguration;
import io.orderflow.messaging.cloudevents.CloudEventConverter;
import io.orderflow.messaging.cloudevents.Sequences;
import io.orderflow.messaging.config.KafkaClients;
import io.orderflow.messaging.config.Topics;
import io.orderflow.messaging.problem.ProblemAdvice;
import io.orderflow.messaging.reading.EventSource;
import io.orderflow.messaging.reading.PartitionReader;
import io.orderflow.messaging.reading.Reading;
import io.orderflow.messaging.serialization.ContractSerializer;
import io.orderflow.query.projection.Published;
import io.orderflow.query.projection.ReadTables;
import java.util.List;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** How events come from Kafka into the read tables. */
@Configuration(proxyBeanMethods = false)
@Import({MessagingConfiguration.class, ProblemAdvice.class})
@EnableConfigurationProperties(ReadingProperties.class)
class ReadingConfiguration {

    /** Named, since Axon would silently go without transactions if it found none. */
    @Bean
    TransactionManager axonTransactionManager(PlatformTransactionManager manager) {
        return new SpringTransactionManager(manager);
    }

    /** Projections get their events from Kafka's reader, in its thread and transaction; never from an event bus. */
    @Bean
    ConfigurerModule projectionsReadTheEventSource(EventSource source) {
        return configurer -> configurer
                .eventProcessing()
                .usingSubscribingEventProcessors()
                .configureDefaultSubscribableMessageSource(c -> source);
    }

    @Bean
    PartitionReader<EventMessage<?>> eventReader(
            ReadingProperties properties,
            KafkaClients clients,
            ContractSerializer serializer,
            JdbcClient jdbc,
            PlatformTransactionManager manager,
            ReadTables tables) {
        CloudEventConverter converter = CloudEventConverter.forReading(serializer);
        Reading<EventMessage<?>> reading = new Reading<>(
                properties.reader(),
                List.of(Topics.ORDERS, Topics.INVENTORY),
                Sequences::byKey,
                received -> converter.readKafkaMessage(received).orElseThrow(),
                tables::apply);
        return new PartitionReader<>(reading, properties.threads(), clients, jdbc, new TransactionTemplate(manager));
    }

    @Bean
    Published.Reader ordersReader(ReadingProperties properties) {
        return properties::reader;
    }

    /** For information: questions are answered while Kafka is away. */
    @Bean
    HealthIndicator kafka(PartitionReader<EventMessage<?>> reader) {
        return () -> Health.up().withDetail("reading", reader.isReading()).build();
    }
}
