package io.orderflow.query.projection;

import org.axonframework.eventhandling.DomainEventMessage;

/** An event does not follow what a view has of its aggregate: one before it is missing, or another stands in its place. */
public final class InconsistentHistoryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public InconsistentHistoryException(DomainEventMessage<?> event, String contradiction) {
        super(event.getType() + " " + event.getAggregateIdentifier() + ": "
                + event.getPayloadType().getSimpleName() + " of version " + event.getSequenceNumber() + " (event "
                + event.getIdentifier() + ") " + contradiction);
    }
}
