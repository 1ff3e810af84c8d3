/** The shipping step: parcels are dispatched with a carrier, delivered, or called back. */
@NullMarked
package io.orderflow.saga.shipping;

import org.jspecify.annotations.NullMarked;
