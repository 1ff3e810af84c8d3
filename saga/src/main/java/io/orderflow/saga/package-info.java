/** What follows from an order: the saga service. */
@NullMarked
package io.orderflow.saga;

import org.jspecify.annotations.NullMarked;
