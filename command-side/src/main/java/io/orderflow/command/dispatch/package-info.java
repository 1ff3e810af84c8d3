/** How a command reaches its aggregate: over HTTP or over Kafka, from the cache or from a fresh load. */
@NullMarked
package io.orderflow.command.dispatch;

import org.jspecify.annotations.NullMarked;
