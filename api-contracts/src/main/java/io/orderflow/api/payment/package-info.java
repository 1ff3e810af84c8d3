/** Payment: amounts of money and what a payment provider promised. */
@NullMarked
package io.orderflow.api.payment;

import org.jspecify.annotations.NullMarked;
