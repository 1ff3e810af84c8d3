package io.orderflow.messaging;

import io.orderflow.messaging.cloudevents.CloudEventConverter;
import io.orderflow.messaging.serialization.ContractSerializer;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.MetaData;

/** Events as an event store would publish them: numbered per aggregate and over all. */
public final class PublishedEvents {

    private final UUID epoch = UUID.randomUUID();
    private final CloudEventConverter converter = new CloudEventConverter(new ContractSerializer(), () -> epoch);
    private final Map<String, Long> sequences = new HashMap<>();
    private long index = 0;

    /** The next event of an aggregate, as a record for {@code topic}. */
    public ProducerRecord<String, byte[]> next(String topic, String type, String aggregateId, Object event) {
        return next(topic, type, aggregateId, event, MetaData.emptyInstance());
    }

    public ProducerRecord<String, byte[]> next(
            String topic, String type, String aggregateId, Object event, MetaData metadata) {
        long sequence = sequences.merge(aggregateId, 0L, (known, zero) -> known + 1);
        return converter.createKafkaMessage(
                new GenericTrackedDomainEventMessage<>(
                        new GlobalSequenceTrackingToken(++index),
                        new GenericDomainEventMessage<>(
                                type,
                                aggregateId,
                                sequence,
                                new GenericMessage<>(UUID.randomUUID().toString(), event, metadata),
                                Instant::now)),
                topic);
    }

    /** Forgets an event, as if it had never been published: the next one of its aggregate leaves a hole. */
    public void skip(String aggregateId) {
        sequences.merge(aggregateId, 0L, (known, zero) -> known + 1);
        index++;
    }

    public static List<ProducerRecord<String, byte[]>> toTopic(
            List<ProducerRecord<String, byte[]>> records, String topic) {
        return records.stream()
                .map(r -> new ProducerRecord<>(topic, null, r.timestamp(), r.key(), r.value(), r.headers()))
                .toList();
    }
}
