/** The saga, tested. */
@NullMarked
package io.orderflow.saga.fulfilment;

import org.jspecify.annotations.NullMarked;
