package io.orderflow.command.dispatch;

import io.orderflow.messaging.cloudevents.CommandConverter;
import io.orderflow.messaging.cloudevents.Sequences;
import io.orderflow.messaging.config.KafkaClients;
import io.orderflow.messaging.config.Topics;
import io.orderflow.messaging.pulse.BatchPace;
import io.orderflow.messaging.reading.PartitionReader;
import io.orderflow.messaging.reading.Reading;
import java.util.List;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.common.caching.Cache;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventhandling.EventBus;
import org.axonframework.messaging.correlation.CorrelationDataProvider;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
class DispatchConfiguration {

    /** None, on purpose: see {@link AggregateCommandBus}. */
    @Bean
    TransactionManager axonTransactionManager() {
        return NoTransactionManager.INSTANCE;
    }

    @Bean
    Cache orderCache(DispatchProperties properties) {
        return new AggregateCache(properties.cachedOrders());
    }

    @Bean
    Cache stockItemCache(DispatchProperties properties) {
        return new AggregateCache(properties.cachedStockItems());
    }

    @Bean
    ExpectedVersions expectedVersions() {
        return new ExpectedVersions();
    }

    @Bean
    CorrelationDataProvider correlation() {
        return new Correlation();
    }

    @Bean
    AggregateCommandBus commandBus(ExpectedVersions targets, List<Cache> caches, CorrelationDataProvider correlation) {
        AggregateCommandBus bus = new AggregateCommandBus(SimpleCommandBus.builder(), targets, caches);
        bus.registerHandlerInterceptor(new CorrelationDataInterceptor<>(correlation));
        return bus;
    }

    /** Lets a decision know whether anything came of it. */
    @Bean
    ConfigurerModule decisionsThatAppend() {
        return configurer -> configurer.onInitialize(
                configuration -> configuration.onStart(() -> markAppending(configuration.eventBus())));
    }

    private static void markAppending(EventBus eventBus) {
        eventBus.registerDispatchInterceptor(events -> {
            Decision.hasAppended();
            return (index, event) -> event;
        });
    }

    @Bean
    Commands commands(AggregateCommandBus bus, DispatchProperties properties) {
        return new Commands(bus, properties.atOnce());
    }

    @Bean
    PartitionReader<CommandMessage<?>> commandReader(
            AggregateCommandBus bus,
            CommandConverter converter,
            KafkaClients clients,
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            DispatchProperties properties) {
        Reading<CommandMessage<?>> reading = new Reading<>(
                "command-side",
                List.of(Topics.COMMANDS),
                BatchPace.unhurried(),
                Sequences::byTargetAndOrder,
                converter::fromRecord,
                new SentCommands(bus));
        return new PartitionReader<>(
                reading, properties.readers(), clients, jdbc, new TransactionTemplate(transactions));
    }
}
