package io.orderflow.query.projection;

import io.orderflow.messaging.reading.EventSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Applies a batch of events to all views, in the transaction that the reader has opened. */
@Component
public final class ReadTables {

    private final EventSource source;
    private final List<Projection<?>> projections;
    private final ArrivedVersions arrived;

    ReadTables(EventSource source, List<Projection<?>> projections, ArrivedVersions arrived) {
        this.source = source;
        this.projections = List.copyOf(projections);
        this.arrived = arrived;
    }

    /** @throws InconsistentHistoryException when an event does not follow what the views have */
    public void apply(List<EventMessage<?>> events) {
        try {
            source.publish(events);
            projections.forEach(Projection::flush);
            announceAfterCommit(events);
        } finally {
            projections.forEach(Projection::forget);
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
