/** The fulfilment of orders: the saga, where it is kept, what waits. */
@NullMarked
package io.orderflow.saga.fulfilment;

import org.jspecify.annotations.NullMarked;
