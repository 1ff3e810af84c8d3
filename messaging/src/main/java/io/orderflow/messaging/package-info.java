/** How messages travel: Kafka read exactly once, commands sent, what fails parked. */
@NullMarked
package io.orderflow.messaging;

import org.jspecify.annotations.NullMarked;
