/** The stages of an order's way, each measured by itself. */
@NullMarked
package io.orderflow.bench.stage;

import org.jspecify.annotations.NullMarked;
