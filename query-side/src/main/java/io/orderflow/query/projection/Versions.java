package io.orderflow.query.projection;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.eventhandling.DomainEventMessage;

/** How far a view has come with each aggregate of a batch. A version is that of the last event applied. */
public final class Versions {

    private static final long NONE = -1;

    private final Map<String, Long> known;

    /** @param known the versions in the view, by aggregate id; aggregates that it does not have are left out */
    public Versions(Map<String, Long> known) {
        this.known = new HashMap<>(known);
    }

    /**
     * What of a batch is new to the view, and what it has already.
     *
     * @param fresh to be applied, in order
     * @param repeats already applied
     */
    public record Sorted<E>(List<DomainEventMessage<E>> fresh, List<DomainEventMessage<E>> repeats) {}

    /** @throws InconsistentHistoryException when an event before one of {@code events} is missing */
    public <E> Sorted<E> sort(List<DomainEventMessage<E>> events) {
        Sorted<E> sorted = new Sorted<>(new ArrayList<>(events.size()), new ArrayList<>());
        for (DomainEventMessage<E> event : events) {
            (isFresh(event) ? sorted.fresh() : sorted.repeats()).add(event);
        }
        return sorted;
    }

    private boolean isFresh(DomainEventMessage<?> event) {
        long version = known.getOrDefault(event.getAggregateIdentifier(), NONE);
        if (event.getSequenceNumber() > version + 1) {
            throw new InconsistentHistoryException(event, "came while the view is at version " + version);
        }
        known.merge(event.getAggregateIdentifier(), event.getSequenceNumber(), Math::max);
        return event.getSequenceNumber() > version;
    }
}
