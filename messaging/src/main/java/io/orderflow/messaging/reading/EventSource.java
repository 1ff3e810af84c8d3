package io.orderflow.messaging.reading;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.axonframework.common.Registration;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.SubscribableMessageSource;

/**
 * Where Axon's subscribing event processors get their events: a {@link PartitionReader} hands a batch over, and the
 * processors handle it in the reader's thread and transaction. What they throw reaches the reader.
 */
public final class EventSource implements SubscribableMessageSource<EventMessage<?>> {

    private final List<Consumer<List<? extends EventMessage<?>>>> processors = new CopyOnWriteArrayList<>();

    @Override
    public Registration subscribe(Consumer<List<? extends EventMessage<?>>> processor) {
        processors.add(processor);
        return () -> processors.remove(processor);
    }

    /** Has every subscribed processor handle {@code events}. Nobody subscribed would mean losing them: refused. */
    public void publish(List<? extends EventMessage<?>> events) {
        if (processors.isEmpty()) {
            throw new InfrastructureException("no event processor is running yet");
        }
        processors.forEach(processor -> processor.accept(events));
    }
}
