/** All in one JVM: PostgreSQL, Kafka and the three services behind one origin, durable in a data folder. */
@NullMarked
package io.orderflow.quickstart;

import org.jspecify.annotations.NullMarked;
