package io.orderflow.proof.faults;

import io.orderflow.proof.load.Promises.Accepted;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A record that cannot be processed stands in the middle of the traffic, under the key of an order that is under way. */
enum Poison implements Fault {
    EVENT("orders", "poison on topic orders"),
    INVENTORY_EVENT("inventory", "poison on topic inventory"),
    COMMAND("commands", "poison on topic commands"),

    /** Well-formed, for an order that is nobody's. */
    COMMAND_FOR_NOBODY("commands", "a command for an order that does not exist");

    /** Header by which the proof knows its own. */
    static final String MARK = "proof-poison";

    /** Longer than Kafka, or its topics, can be away under all the other faults. */
    private static final int SECONDS = 300;

    private final String topic;
    private final String words;

    Poison(String topic, String words) {
        this.topic = topic;
        this.words = words;
    }

    @Override
    public Set<String> parts() {
        return Set.of("kafka");
    }

    @Override
    public void begin(Scene scene) throws InterruptedException, ExecutionException, TimeoutException {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                scene.system().bootstrapServers(),
                "max.block.ms",
                SECONDS * 1000,
                "delivery.timeout.ms",
                SECONDS * 1000,
                "key.serializer",
                StringSerializer.class,
                "value.serializer",
                ByteArraySerializer.class);
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(settings)) {
            var unused = producer.send(record(scene)).get(SECONDS, TimeUnit.SECONDS);
        }
    }

    private ProducerRecord<String, byte[]> record(Scene scene) {
        String order = scene.promises()
                .newest()
                .map(Accepted::orderId)
                .orElseGet(() -> UUID.randomUUID().toString());
        String key = this == COMMAND_FOR_NOBODY ? UUID.randomUUID().toString() : order;
        byte[] value = bytes(this == COMMAND_FOR_NOBODY ? "{\"orderId\":\"" + key + "\"}" : "poison {");
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, key, value);
        record.headers().add(MARK, bytes("yes"));
        record.headers().add("ce_orderid", bytes(key));
        if (this == COMMAND_FOR_NOBODY) {
            record.headers().add("ce_id", bytes(UUID.randomUUID().toString()));
            record.headers().add("ce_type", bytes("ConfirmOrder"));
            record.headers().add("ce_revision", bytes("1"));
        }
        return record;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void end(Scene scene) {
        // whoever operates the system discards it, see Operator
    }

    @Override
    public String words() {
        return words;
    }
}
