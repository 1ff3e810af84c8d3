package io.orderflow.query.projection;

import io.orderflow.api.MessageTypes;
import io.orderflow.messaging.reading.EventSource;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Applies a batch of events to all projections of a model, in the transaction that the reader has opened. */
@Component
public final class ReadTables {

    private final Map<ReadModel, EventSource> sources = new EnumMap<>(ReadModel.class);
    private final Map<ReadModel, List<Projection<?>>> projections;
    private final Map<ReadModel, Set<String>> ofNoInterest = new EnumMap<>(ReadModel.class);
    private final ArrivedVersions arrived;

    ReadTables(List<Projection<?>> projections, ArrivedVersions arrived) {
        Arrays.stream(ReadModel.values()).forEach(model -> sources.put(model, new EventSource()));
        this.projections = projections.stream().collect(Collectors.groupingBy(Projection::model));
        this.projections.forEach((model, ofModel) -> ofNoInterest.put(model, ofNoInterest(ofModel)));
        this.arrived = arrived;
    }

    /** Projections get the events that are applied to their model, in that thread and transaction; never from an event bus. */
    public ConfigurerModule eventProcessors() {
        return configurer -> projections.values().stream()
                .flatMap(List::stream)
                .forEach(projection -> configurer
                        .eventProcessing()
                        .registerSubscribingEventProcessor(groupOf(projection), c -> source(projection.model())));
    }

    private static String groupOf(Projection<?> projection) {
        return Objects.requireNonNull(
                        AnnotatedElementUtils.findMergedAnnotation(projection.getClass(), ProcessingGroup.class))
                .value();
    }

    private EventSource source(ReadModel model) {
        return Objects.requireNonNull(sources.get(model));
    }

    /**
     * Whether any projection of {@code model} cares for events of a type. For a type that this release does not know it is
     * not for us to say.
     */
    public boolean isOfInterest(ReadModel model, @Nullable String type) {
        return !ofNoInterest.getOrDefault(model, Set.of()).contains(String.valueOf(type));
    }

    private static Set<String> ofNoInterest(List<Projection<?>> ofModel) {
        return MessageTypes.EVENTS.classes().stream()
                .filter(event -> ofModel.stream().noneMatch(projection -> projection.caresFor(event)))
                .map(event -> MessageTypes.EVENTS.typeOf(event).orElseThrow().name())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** @throws InconsistentHistoryException when an event does not follow what the views have */
    public void apply(ReadModel model, List<EventMessage<?>> events) {
        List<Projection<?>> ofModel = projections.getOrDefault(model, List.of());
        try {
            source(model).publish(events);
            ofModel.forEach(Projection::flush);
            announceAfterCommit(events);
        } finally {
            ofModel.forEach(Projection::forget);
        }
    }

    private void announceAfterCommit(List<EventMessage<?>> events) {
        Set<String> aggregates = events.stream()
                .map(event -> ((DomainEventMessage<?>) event).getAggregateIdentifier())
                .collect(Collectors.toSet());
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                arrived.announce(aggregates);
            }
        });
    }
}
