package io.orderflow.bench.stock;

import io.orderflow.bench.bed.Testbed;
import io.orderflow.messaging.cloudevents.CloudEventConverter;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.axonframework.extensions.kafka.eventhandling.producer.ConfirmationMode;
import org.axonframework.extensions.kafka.eventhandling.producer.DefaultProducerFactory;
import org.axonframework.extensions.kafka.eventhandling.producer.KafkaEventPublisher;
import org.axonframework.extensions.kafka.eventhandling.producer.KafkaPublisher;

/**
 * The framework's relay: a tracking processor reads the event store and publishes to a topic of its own, each event
 * acknowledged before the next one.
 */
public final class StockRelay {

    private StockRelay() {}

    public static void main(String[] arguments) throws Exception {
        System.setProperty("axoniq.update-checker.disabled", "true"); // Axon looks nowhere else for it
        StockParts parts = new StockParts();
        parts.create(Testbed.STOCK_TOPIC);
        KafkaEventPublisher<String, byte[]> publisher = KafkaEventPublisher.<String, byte[]>builder()
                .kafkaPublisher(publisher(parts))
                .build();
        parts.configurer()
                .configureEmbeddedEventStore(configuration ->
                        StockConfiguration.engine(parts.connections(), parts.transactions(), parts.serializer()))
                .eventProcessing(processing ->
                        processing.usingTrackingEventProcessors().registerEventHandler(configuration -> publisher))
                .start();
        StockParts.tellReady();
    }

    private static KafkaPublisher<String, byte[]> publisher(StockParts parts) {
        UUID epoch = UUID.randomUUID();
        return KafkaPublisher.<String, byte[]>builder()
                .producerFactory(DefaultProducerFactory.<String, byte[]>builder()
                        .configuration(Map.of(
                                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                parts.bootstrapServers(),
                                ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
                                StringSerializer.class,
                                ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
                                ByteArraySerializer.class,
                                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                                "lz4",
                                ProducerConfig.LINGER_MS_CONFIG,
                                0)) // the default would make each event wait
                        .confirmationMode(ConfirmationMode.WAIT_FOR_ACK)
                        .build())
                .serializer(parts.serializer())
                .messageConverter(new CloudEventConverter(parts.serializer(), () -> epoch))
                .topic(Testbed.STOCK_TOPIC)
                .build();
    }
}
