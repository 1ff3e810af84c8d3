package io.orderflow.messaging.pulse;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;

/**
 * Where the relay's last {@link Beat} stands: in the committed offset of a consumer group without members. The offset is
 * committed in the relay's own transactions, so that one who was fenced cannot beat.
 */
public final class Pulse {

    private static final String GROUP = "orderflow-relay";

    /** How often the relay beats while it has nothing to publish. */
    public static final Duration PAUSE = Duration.ofMillis(300);

    private final TopicPartition place;

    /** @param topic that the relay publishes to */
    public Pulse(String topic) {
        this.place = new TopicPartition(topic, 0);
    }

    /** Adds a beat to the transaction that {@code producer} has begun. */
    public void add(Beat beat, Producer<?, ?> producer) {
        producer.sendOffsetsToTransaction(
                Map.of(place, new OffsetAndMetadata(beat.number(), beat.relay())), new ConsumerGroupMetadata(GROUP));
    }

    /** Empty when the relay has not beaten since the topic was made. */
    public Optional<Beat> last(Admin admin, Duration limit)
            throws ExecutionException, TimeoutException, InterruptedException {
        OffsetAndMetadata last = admin.listConsumerGroupOffsets(
                        GROUP, new ListConsumerGroupOffsetsOptions().requireStable(true))
                .partitionsToOffsetAndMetadata()
                .get(limit.toMillis(), TimeUnit.MILLISECONDS)
                .get(place);
        return last == null ? Optional.empty() : Optional.of(new Beat(last.metadata(), last.offset()));
    }
}
