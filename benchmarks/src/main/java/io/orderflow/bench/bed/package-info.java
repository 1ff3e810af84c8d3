/** What is measured: PostgreSQL, Kafka and the services, each a process of its own. */
@NullMarked
package io.orderflow.bench.bed;

import org.jspecify.annotations.NullMarked;
