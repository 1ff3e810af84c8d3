/** What is decided: commands become durable events, and the events leave for Kafka. */
@NullMarked
package io.orderflow.command;

import org.jspecify.annotations.NullMarked;
