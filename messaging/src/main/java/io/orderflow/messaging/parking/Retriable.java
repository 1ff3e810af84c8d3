package io.orderflow.messaging.parking;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A reader seen from its parked sequences: it can process one record again, in the caller's transaction. */
public interface Retriable {

    String name();

    /** What it throws is why the record stays parked. */
    void process(ConsumerRecord<String, byte[]> parked);
}
