package io.orderflow.bench.micro;

import io.orderflow.api.order.OrderEvent.OrderPlaced;
import io.orderflow.messaging.cloudevents.CloudEventConverter;
import io.orderflow.messaging.serialization.ContractSerializer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.serialization.SerializedObject;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Events as bytes and records, and back. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SerializationBenchmark {

    private final ContractSerializer serializer = new ContractSerializer();
    private final UUID epoch = UUID.randomUUID();
    private final CloudEventConverter converter = new CloudEventConverter(serializer, () -> epoch);
    private final DomainEventMessage<OrderPlaced> event = Sample.placed();
    private final SerializedObject<byte[]> bytes = serializer.serialize(event.getPayload(), byte[].class);
    private final ConsumerRecord<String, byte[]> received = received();

    private ConsumerRecord<String, byte[]> received() {
        ProducerRecord<String, byte[]> sent = converter.createKafkaMessage(event, "orders");
        sent.headers().add("ce_globalindex", "1".getBytes(StandardCharsets.US_ASCII));
        return new ConsumerRecord<>(
                "orders",
                0,
                0,
                sent.timestamp(),
                TimestampType.CREATE_TIME,
                0,
                0,
                sent.key(),
                sent.value(),
                sent.headers(),
                Optional.empty());
    }

    @Benchmark
    public SerializedObject<byte[]> write() {
        return serializer.serialize(event.getPayload(), byte[].class);
    }

    @Benchmark
    public @Nullable Object read() {
        return serializer.deserialize(bytes);
    }

    @Benchmark
    public ProducerRecord<String, byte[]> toRecord() {
        return converter.createKafkaMessage(event, "orders");
    }

    @Benchmark
    public Object fromRecord() {
        EventMessage<?> message = converter.readKafkaMessage(received).orElseThrow();
        return message.getPayload();
    }
}
