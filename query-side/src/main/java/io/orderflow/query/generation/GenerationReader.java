package io.orderflow.query.generation;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.messaging.cloudevents.CloudEventConverter;
import io.orderflow.messaging.cloudevents.Sequences;
import io.orderflow.messaging.config.KafkaClients;
import io.orderflow.messaging.parking.Retriable;
import io.orderflow.messaging.pulse.BatchPace;
import io.orderflow.messaging.reading.PartitionReader;
import io.orderflow.messaging.reading.Reading;
import io.orderflow.messaging.serialization.ContractSerializer;
import io.orderflow.query.projection.ReadModel;
import io.orderflow.query.projection.ReadTables;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.axonframework.eventhandling.EventMessage;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/** This node's share in filling one generation. */
final class GenerationReader implements Retriable {

    /** Of a reader with a limit: small ones cost more for each event, large ones keep a processor busy for longer. */
    private static final int BATCHES_PER_SECOND = 4;

    private static final int SMALLEST = 20;

    private final Generation generation;
    private final PartitionReader<EventMessage<?>> reader;
    private final GenerationTransactions transactions;
    private final Pace pace;
    private final MeterRegistry meters;
    private final List<Meter> registered = new ArrayList<>();

    private GenerationReader(
            Generation generation,
            PartitionReader<EventMessage<?>> reader,
            GenerationTransactions transactions,
            Pace pace,
            MeterRegistry meters) {
        this.generation = generation;
        this.reader = reader;
        this.transactions = transactions;
        this.pace = pace;
        this.meters = meters;
    }

    /** Makes them. */
    @Component
    static final class Factory {

        private final KafkaClients clients;
        private final ContractSerializer serializer;
        private final JdbcClient jdbc;
        private final PlatformTransactionManager manager;
        private final GenerationConnections connections;
        private final ReadTables tables;
        private final GenerationProperties properties;
        private final MeterRegistry meters;

        Factory(
                KafkaClients clients,
                ContractSerializer serializer,
                JdbcClient jdbc,
                PlatformTransactionManager manager,
                GenerationConnections connections,
                ReadTables tables,
                GenerationProperties properties,
                MeterRegistry meters) {
            this.clients = clients;
            this.serializer = serializer;
            this.jdbc = jdbc;
            this.manager = manager;
            this.connections = connections;
            this.tables = tables;
            this.properties = properties;
            this.meters = meters;
        }

        GenerationReader of(Generation generation) {
            Pace pace = new Pace();
            GenerationTransactions transactions = new GenerationTransactions(
                    new TransactionTemplate(manager),
                    connections.of(generation, properties.threads()),
                    jdbc,
                    generation,
                    pace);
            CloudEventConverter converter = CloudEventConverter.forReading(serializer);
            Consumer<List<EventMessage<?>>> handler = events -> {
                tables.apply(generation.model(), events);
                pace.applied(events.size());
            };
            Reading<EventMessage<?>> reading = new Reading<>(
                    generation.reader(),
                    generation.model().topics(),
                    Set.of(),
                    generation.model() == ReadModel.ORDERS ? BatchPace.prompt() : BatchPace.unhurried(),
                    received -> tables.isOfInterest(generation.model(), received.type()),
                    Sequences::byKey,
                    converter::read,
                    handler);
            return new GenerationReader(
                    generation,
                    new PartitionReader<>(reading, properties.threads(), clients, jdbc, transactions),
                    transactions,
                    pace,
                    meters);
        }
    }

    void start() {
        registered.add(Gauge.builder("orderflow.reader.lag", reader, PartitionReader::lag)
                .tag("reader", name())
                .description("records of the partitions of this node that are not read yet")
                .register(meters));
        registered.add(Gauge.builder("orderflow.reader.reading", reader, r -> r.isReading() ? 1 : 0)
                .tag("reader", name())
                .description("1 when every partition of this node is read and nothing fails")
                .register(meters));
        reader.start();
    }

    void stop() {
        reader.stop();
        transactions.close();
        registered.forEach(meters::remove);
    }

    boolean isReading() {
        return reader.isReading();
    }

    Generation generation() {
        return generation;
    }

    /** For changes to its tables beside its reading. */
    TransactionOperations transactions() {
        return transactions;
    }

    /** Has this node read as fast as it can. */
    void unlimited() {
        pace.set(Integer.MAX_VALUE);
        reader.limit(Integer.MAX_VALUE);
    }

    /**
     * Has this node keep to its share of what all nodes may apply.
     *
     * @param eventsPerSecond of all nodes together
     * @param partitions that all nodes together read
     */
    void limit(int eventsPerSecond, int partitions) {
        double share = Math.min(1, (double) reader.partitions() / Math.max(1, partitions));
        int limit = Math.max(1, (int) (eventsPerSecond * share));
        pace.set(limit);
        reader.limit(Math.max(SMALLEST, limit / BATCHES_PER_SECOND));
    }

    @Override
    public String name() {
        return generation.reader();
    }

    @Override
    public void process(ConsumerRecord<String, byte[]> parked) {
        transactions.enter();
        reader.process(parked);
    }
}
