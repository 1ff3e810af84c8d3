/** The payment step: amounts are held, captured or voided at a payment provider. */
@NullMarked
package io.orderflow.saga.payment;

import org.jspecify.annotations.NullMarked;
