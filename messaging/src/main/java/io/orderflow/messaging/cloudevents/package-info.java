/** Messages as Kafka records: CloudEvents 1.0 in binary mode. */
@NullMarked
package io.orderflow.messaging.cloudevents;

import org.jspecify.annotations.NullMarked;
