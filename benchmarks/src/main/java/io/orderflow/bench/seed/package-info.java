/** Random orders for a system that runs. */
@NullMarked
package io.orderflow.bench.seed;

import org.jspecify.annotations.NullMarked;
