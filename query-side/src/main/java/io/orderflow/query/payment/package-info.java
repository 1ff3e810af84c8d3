/** Amounts of money as the outside reads them. */
@NullMarked
package io.orderflow.query.payment;

import org.jspecify.annotations.NullMarked;
