/** Where it runs without Docker: a real PostgreSQL and a real Kafka, durable in a data folder, on loopback only. */
@NullMarked
package io.orderflow.servers;

import org.jspecify.annotations.NullMarked;
