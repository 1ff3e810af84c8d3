package io.orderflow.messaging.parking;

import java.util.Collection;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A reader seen from its parked sequences: it can process one record again, in the caller's transaction. */
public interface Retriable {

    String name();

    /** What it throws is why the record stays parked. */
    void process(ConsumerRecord<String, byte[]> parked);

    /** Readers that come and go while the service runs. */
    interface Source {
        Collection<? extends Retriable> readers();
    }
}
