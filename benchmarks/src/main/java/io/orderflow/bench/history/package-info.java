/** Lives of orders as if they had happened, written straight into the event store. */
@NullMarked
package io.orderflow.bench.history;

import org.jspecify.annotations.NullMarked;
