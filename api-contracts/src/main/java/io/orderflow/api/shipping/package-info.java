/** Shipping: what a carrier gave back. */
@NullMarked
package io.orderflow.api.shipping;

import org.jspecify.annotations.NullMarked;
