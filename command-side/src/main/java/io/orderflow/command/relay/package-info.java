/** Every stored event goes to Kafka, in the store's order. */
@NullMarked
package io.orderflow.command.relay;

import org.jspecify.annotations.NullMarked;
