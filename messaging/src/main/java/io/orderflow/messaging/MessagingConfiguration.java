package io.orderflow.messaging;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.orderflow.messaging.answer.WholeAnswers;
import io.orderflow.messaging.cloudevents.CommandConverter;
import io.orderflow.messaging.config.KafkaClients;
import io.orderflow.messaging.config.KafkaSettings;
import io.orderflow.messaging.parking.ParkedSequences;
import io.orderflow.messaging.parking.Parking;
import io.orderflow.messaging.parking.ParkingController;
import io.orderflow.messaging.parking.Retriable;
import io.orderflow.messaging.reading.EventSource;
import io.orderflow.messaging.reading.PartitionReader;
import io.orderflow.messaging.serialization.ContractSerializer;
import io.orderflow.messaging.serialization.StoredPayloads;
import java.util.stream.Stream;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** What every service has of this module; services import it. A service adds its readers as beans. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(KafkaSettings.class)
@Import({ParkingController.class, WholeAnswers.class})
public class MessagingConfiguration {

    @Bean
    KafkaClients kafkaClients(KafkaSettings settings) {
        return new KafkaClients(settings);
    }

    @Bean({"eventSerializer", "messageSerializer"})
    ContractSerializer eventSerializer() {
        return new ContractSerializer();
    }

    @Bean
    StoredPayloads storedPayloads(ContractSerializer serializer) {
        return new StoredPayloads(serializer);
    }

    @Bean
    CommandConverter commandConverter(ContractSerializer serializer) {
        return new CommandConverter(serializer);
    }

    @Bean
    EventSource eventSource() {
        return new EventSource();
    }

    @Bean
    Parking parking(JdbcClient jdbc) {
        return new Parking(jdbc);
    }

    @Bean
    ParkedSequences parkedSequences(
            Parking parking,
            TransactionOperations transactions,
            ObjectProvider<Retriable> readers,
            ObjectProvider<Retriable.Source> more) {
        return new ParkedSequences(
                parking,
                transactions,
                () -> Stream.concat(readers.stream(), more.stream().flatMap(source -> source.readers().stream()))
                        .toList());
    }

    /** What Kafka's own tools do not show, since our positions are not in Kafka. */
    @Bean
    MeterBinder readerMeters(ObjectProvider<PartitionReader<?>> readers, Parking parking) {
        return meters -> {
            Gauge.builder("orderflow.parked.sequences", parking, Parking::count)
                    .description("orders or products that wait for an operator, with what could not be processed")
                    .register(meters);
            readers.forEach(reader -> {
                Gauge.builder("orderflow.reader.lag", reader, PartitionReader::lag)
                        .tag("reader", reader.name())
                        .description("records of the partitions of this node that are not read yet")
                        .register(meters);
                Gauge.builder("orderflow.reader.reading", reader, r -> r.isReading() ? 1 : 0)
                        .tag("reader", reader.name())
                        .description("1 when every partition of this node is read and nothing fails")
                        .register(meters);
            });
        };
    }

    /** Axon's own default logs what a handler throws, and goes on as if the event had been handled. */
    @Bean
    ConfigurerModule propagateWhatHandlersThrow() {
        return configurer -> configurer
                .eventProcessing()
                .registerDefaultListenerInvocationErrorHandler(c -> PropagatingErrorHandler.instance())
                .registerDefaultErrorHandler(c -> PropagatingErrorHandler.instance());
    }
}
