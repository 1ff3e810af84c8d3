/** What is asked of a payment provider, and what an order is told of it. */
@NullMarked
package io.orderflow.saga.payment;

import org.jspecify.annotations.NullMarked;
