package io.orderflow.query.generation;

import io.orderflow.messaging.cloudevents.CloudEventConverter;
import io.orderflow.messaging.cloudevents.Sequences;
import io.orderflow.messaging.config.KafkaClients;
import io.orderflow.messaging.parking.Retriable;
import io.orderflow.messaging.reading.PartitionReader;
import io.orderflow.messaging.reading.Reading;
import io.orderflow.messaging.serialization.ContractSerializer;
import io.orderflow.query.projection.ReadTables;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.axonframework.eventhandling.EventMessage;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/** This node's share in filling one generation. */
final class GenerationReader implements Retriable {

    private final Generation generation;
    private final PartitionReader<EventMessage<?>> reader;
    private final GenerationTransactions transactions;
    private final Pace pace;

    private GenerationReader(
            Generation generation,
            PartitionReader<EventMessage<?>> reader,
            GenerationTransactions transactions,
            Pace pace) {
        this.generation = generation;
        this.reader = reader;
        this.transactions = transactions;
        this.pace = pace;
    }

    /** Makes them. */
    @Component
    static final class Factory {

        private final KafkaClients clients;
        private final ContractSerializer serializer;
        private final JdbcClient jdbc;
        private final PlatformTransactionManager manager;
        private final ReadTables tables;
        private final GenerationProperties properties;

        Factory(
                KafkaClients clients,
                ContractSerializer serializer,
                JdbcClient jdbc,
                PlatformTransactionManager manager,
                ReadTables tables,
                GenerationProperties properties) {
            this.clients = clients;
            this.serializer = serializer;
            this.jdbc = jdbc;
            this.manager = manager;
            this.tables = tables;
            this.properties = properties;
        }

        GenerationReader of(Generation generation) {
            Pace pace = new Pace();
            GenerationTransactions transactions =
                    new GenerationTransactions(new TransactionTemplate(manager), jdbc, generation, pace);
            CloudEventConverter converter = CloudEventConverter.forReading(serializer);
            Consumer<List<EventMessage<?>>> handler = events -> {
                tables.apply(generation.model(), events);
                pace.applied(events.size());
            };
            Reading<EventMessage<?>> reading = new Reading<>(
                    generation.reader(),
                    generation.model().topics(),
                    Sequences::byKey,
                    received -> converter.readKafkaMessage(received).orElseThrow(),
                    handler);
            return new GenerationReader(
                    generation,
                    new PartitionReader<>(reading, properties.threads(), clients, jdbc, transactions),
                    transactions,
                    pace);
        }
    }

    void start() {
        reader.start();
    }

    void stop() {
        reader.stop();
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

    /** @param eventsPerSecond of this node; null for as many as it can */
    void limit(@Nullable Integer eventsPerSecond) {
        pace.set(eventsPerSecond == null ? Integer.MAX_VALUE : eventsPerSecond);
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
