/**
 * The same aggregates and the same REST interface on the framework's own event store: what would be, had nothing been
 * replaced.
 */
@NullMarked
package io.orderflow.bench.stock;

import org.jspecify.annotations.NullMarked;
