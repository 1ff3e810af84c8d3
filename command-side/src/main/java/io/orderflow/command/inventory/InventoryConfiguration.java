package io.orderflow.command.inventory;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.axonframework.config.Configuration;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventsourcing.EventCountSnapshotTriggerDefinition;
import org.axonframework.eventsourcing.SnapshotTriggerDefinition;
import org.axonframework.eventsourcing.Snapshotter;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.annotation.HandlerDefinition;
import org.axonframework.messaging.annotation.ParameterResolverFactory;
import org.axonframework.spring.eventsourcing.SpringAggregateSnapshotter;
import org.springframework.context.annotation.Bean;

@org.springframework.context.annotation.Configuration(proxyBeanMethods = false)
class InventoryConfiguration {

    private static final int EVENTS_BETWEEN_SNAPSHOTS = 1_000;

    @Bean
    ExecutorService snapshotThread() {
        return Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name("snapshots").daemon(true).factory());
    }

    /**
     * Takes snapshots on a thread of its own, which sees stored events only. The stock one takes them on the command's
     * thread before the commit, with events in them that may never be stored.
     */
    @Bean
    Snapshotter snapshotter(
            Configuration configuration,
            EventStore events,
            ParameterResolverFactory parameters,
            HandlerDefinition handlers,
            ExecutorService snapshotThread) {
        return SpringAggregateSnapshotter.builder()
                .repositoryProvider(configuration::repository)
                .eventStore(events)
                .parameterResolverFactory(parameters)
                .handlerDefinition(handlers)
                .executor(snapshotThread)
                .build();
    }

    @Bean
    ConfigurerModule eventsThatHappenOnce() {
        return configurer -> configurer.onInitialize(configuration ->
                configuration.onStart(() -> configuration.eventBus().registerDispatchInterceptor(new OnceOnly())));
    }

    @Bean
    SnapshotTriggerDefinition stockItemSnapshots(Snapshotter snapshotter) {
        return new EventCountSnapshotTriggerDefinition(snapshotter, EVENTS_BETWEEN_SNAPSHOTS);
    }
}
