package io.orderflow.bench.micro;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.Repository;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** An order made of its six events, as for a command that finds it in no cache; the store costs next to nothing here. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FoldingBenchmark {

    private final List<DomainEventMessage<?>> life = Sample.life();
    private final String id = life.getFirst().getAggregateIdentifier();
    private final Repository<?> orders = orders();

    private Repository<?> orders() {
        InMemoryEventStorageEngine engine = new InMemoryEventStorageEngine();
        engine.appendEvents(life);
        return EventSourcingRepository.builder(orderClass())
                .eventStore(EmbeddedEventStore.builder().storageEngine(engine).build())
                .build();
    }

    /** The aggregate is nobody's business outside of its package, except here. */
    private static Class<?> orderClass() {
        try {
            return Class.forName("io.orderflow.command.order.Order");
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    @Benchmark
    public Object fold() {
        UnitOfWork<?> work = DefaultUnitOfWork.startAndGet(null);
        try {
            return orders.load(id);
        } finally {
            work.rollback();
        }
    }
}
