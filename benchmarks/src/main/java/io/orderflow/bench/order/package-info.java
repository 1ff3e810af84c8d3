/** The orders and products that are sent. */
@NullMarked
package io.orderflow.bench.order;

import org.jspecify.annotations.NullMarked;
