package io.orderflow.saga.fulfilment;

import io.orderflow.messaging.cloudevents.CloudEventConverter;
import io.orderflow.messaging.cloudevents.CommandConverter;
import io.orderflow.messaging.cloudevents.Sequences;
import io.orderflow.messaging.commands.CommandChannel;
import io.orderflow.messaging.commands.Outbox;
import io.orderflow.messaging.config.KafkaClients;
import io.orderflow.messaging.config.Topics;
import io.orderflow.messaging.pulse.BatchPace;
import io.orderflow.messaging.reading.EventSource;
import io.orderflow.messaging.reading.PartitionReader;
import io.orderflow.messaging.reading.Reading;
import io.orderflow.messaging.serialization.ContractSerializer;
import io.orderflow.saga.work.Commands;
import io.orderflow.saga.work.OutboxCommandBus;
import io.orderflow.saga.work.WorkHandOver;
import java.util.List;
import java.util.Set;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.annotation.HandlerDefinition;
import org.axonframework.messaging.annotation.ParameterResolverFactory;
import org.axonframework.modelling.saga.metamodel.AnnotationSagaMetaModelFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/** The saga, its repository, and how events reach it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(FulfilmentSettings.class)
class FulfilmentConfiguration {

    static final String READER = "fulfilment";

    @Bean
    CommandBus commandBus() {
        return new OutboxCommandBus();
    }

    @Bean
    Commands commands(CommandBus bus) {
        return new Commands(bus);
    }

    /** The processor joins the reader's transaction; it opens none. */
    @Bean
    TransactionManager axonTransactionManager() {
        return NoTransactionManager.INSTANCE;
    }

    @Bean
    ConfigurerModule fulfilmentSaga(Fulfilments fulfilments, EventSource source) {
        return configurer -> configurer
                .eventProcessing()
                .registerSaga(OrderFulfilmentSaga.class, saga -> saga.configureRepository(c -> fulfilments))
                .registerSubscribingEventProcessor(READER, c -> source);
    }

    @Bean
    Fulfilments fulfilments(
            JdbcOperations jdbc,
            ContractSerializer serializer,
            FulfilmentSettings settings,
            ParameterResolverFactory parameters,
            HandlerDefinition handlers) {
        return new Fulfilments(jdbc, serializer, settings, new AnnotationSagaMetaModelFactory(parameters, handlers));
    }

    @Bean
    Outbox outbox(JdbcOperations jdbc, CommandConverter converter, ContractSerializer serializer) {
        return new Outbox(jdbc, converter, serializer);
    }

    @Bean
    CommandChannel commandChannel(Outbox outbox, KafkaClients clients, PlatformTransactionManager manager) {
        return new CommandChannel(outbox, clients.producers(CommandChannel.PRODUCER), new TransactionTemplate(manager));
    }

    /** Whatever this service does in a transaction may decide commands. */
    @Bean
    TransactionOperations transactions(CommandChannel channel, PlatformTransactionManager manager) {
        return channel.deciding(new TransactionTemplate(manager));
    }

    @Bean
    FulfilmentEvents fulfilmentEvents(
            Fulfilments fulfilments, EventSource source, WorkHandOver work, CommandChannel channel) {
        return new FulfilmentEvents(fulfilments, source, work, channel);
    }

    /** Events of several products want the row of the same order: two threads would wait for each other's commits. */
    @Bean
    PartitionReader<EventMessage<?>> fulfilmentReader(
            FulfilmentEvents events,
            ContractSerializer serializer,
            KafkaClients clients,
            JdbcClient jdbc,
            TransactionOperations transactions,
            @Value("${orderflow.reader.threads:2}") int threads) {
        CloudEventConverter converter = CloudEventConverter.forReading(serializer);
        Reading<EventMessage<?>> reading = new Reading<>(
                READER,
                List.of(Topics.ORDERS, Topics.INVENTORY),
                Set.of(Topics.INVENTORY),
                BatchPace.unhurried(),
                received -> true,
                Sequences::byOrder,
                converter::read,
                events::handle);
        return new PartitionReader<>(reading, threads, clients, jdbc, transactions);
    }

    @Bean
    LostCommands lostCommands(JdbcOperations jdbc, FulfilmentEvents events, TransactionOperations transactions) {
        return new LostCommands(jdbc, events, transactions);
    }

    @Bean
    Deadlines deadlines(
            JdbcOperations jdbc,
            FulfilmentEvents events,
            TransactionOperations transactions,
            FulfilmentSettings settings) {
        return new Deadlines(jdbc, events, transactions, settings);
    }
}
