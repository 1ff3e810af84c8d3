/** Reading Kafka so that each event takes effect once: position and effect commit in one PostgreSQL transaction. */
@NullMarked
package io.orderflow.messaging.reading;

import org.jspecify.annotations.NullMarked;
