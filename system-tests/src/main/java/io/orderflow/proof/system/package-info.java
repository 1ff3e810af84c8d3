/** The system under proof: PostgreSQL, Kafka and two nodes of each service, each a process that can be killed. */
@NullMarked
package io.orderflow.proof.system;

import org.jspecify.annotations.NullMarked;
