package io.orderflow.saga.fulfilment;

import static java.util.stream.Collectors.toSet;

import io.orderflow.api.inventory.InventoryEvent.ReservationEvent;
import io.orderflow.api.order.OrderEvent;
import io.orderflow.api.order.OrderEvent.OrderPlaced;
import io.orderflow.api.order.OrderId;
import io.orderflow.messaging.commands.CommandChannel;
import io.orderflow.messaging.reading.EventSource;
import io.orderflow.saga.work.Decisions;
import io.orderflow.saga.work.WorkHandOver;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.jspecify.annotations.Nullable;

/**
 * Takes a batch of events through the saga, in the caller's transaction: sagas are read, handle their events, and are
 * written together with the commands and the work they decided.
 */
final class FulfilmentEvents {

    private final Fulfilments fulfilments;
    private final EventSource source;
    private final WorkHandOver work;
    private final CommandChannel channel;

    FulfilmentEvents(Fulfilments fulfilments, EventSource source, WorkHandOver work, CommandChannel channel) {
        this.fulfilments = fulfilments;
        this.source = source;
        this.work = work;
        this.channel = channel;
    }

    void handle(List<EventMessage<?>> events) {
        List<EventMessage<?>> concerning =
                events.stream().filter(event -> orderIdOf(event) != null).toList();
        if (concerning.isEmpty()) {
            return; // of products only
        }
        FulfilmentBatch batch = fulfilments.open(concerning.stream()
                .map(FulfilmentEvents::orderIdOf)
                .filter(Objects::nonNull)
                .collect(toSet()));
        Sequences sequences = new Sequences(batch);
        List<EventMessage<?>> fresh =
                concerning.stream().filter(sequences::isNext).toList();
        Decisions decisions = new Decisions();
        ScopedValue.where(FulfilmentBatch.CURRENT, batch).run(() -> decisions.during(() -> publish(fresh)));
        sequences.last.forEach((orderId, last) -> Objects.requireNonNull(batch.find(orderId)).lastSequence = last);
        fulfilments.write(batch);
        work.add(decisions.work());
        channel.send(decisions.commands());
    }

    private void publish(List<EventMessage<?>> fresh) {
        if (!fresh.isEmpty()) {
            source.publish(fresh);
        }
    }

    /** Checks that no event of an order is missing, and none is applied again. */
    private static final class Sequences {

        private final Map<String, Long> last = new HashMap<>();

        Sequences(FulfilmentBatch batch) {
            batch.all().forEach(managed -> last.put(managed.orderId.toString(), managed.lastSequence));
        }

        boolean isNext(EventMessage<?> event) {
            String orderId = String.valueOf(orderIdOf(event));
            Long known = last.get(orderId);
            if (known == null && !(event.getPayload() instanceof OrderPlaced)) {
                throw new NoFulfilmentException(event);
            }
            if (!(event.getPayload() instanceof OrderEvent)) {
                return true; // products count their own events
            }
            long sequence = ((DomainEventMessage<?>) event).getSequenceNumber();
            long before = known == null ? -1 : known;
            if (sequence > before + 1) {
                throw new SequenceHoleException(event, before);
            }
            if (sequence == before + 1) {
                last.put(orderId, sequence);
                return true;
            }
            return false;
        }
    }

    private static @Nullable OrderId orderIdOf(EventMessage<?> event) {
        return switch (event.getPayload()) {
            case OrderEvent order -> order.orderId();
            case ReservationEvent reservation -> reservation.orderId();
            case FulfilmentOverdue overdue -> overdue.orderId();
            case CommandsLost lost -> lost.orderId();
            default -> null;
        };
    }

    /** An answer to a question that nobody asked: its row is missing, and it must not be passed over. */
    static final class NoFulfilmentException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NoFulfilmentException(EventMessage<?> event) {
            super("there is no fulfilment for " + event.getPayloadType().getSimpleName() + " of order "
                    + orderIdOf(event) + "; it began before this service's records, or its retention is over");
        }
    }

    /** An event of this order is missing before this one. */
    static final class SequenceHoleException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        SequenceHoleException(EventMessage<?> event, long last) {
            super("after sequence " + last + " of order " + orderIdOf(event) + " came "
                    + ((DomainEventMessage<?>) event).getSequenceNumber() + ": an event is missing");
        }
    }
}
