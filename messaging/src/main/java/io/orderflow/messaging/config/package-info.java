/** How this connects to Kafka: settings, clients, topics. */
@NullMarked
package io.orderflow.messaging.config;

import org.jspecify.annotations.NullMarked;
