/** Parking, on real servers. */
@NullMarked
package io.orderflow.messaging.parking;

import org.jspecify.annotations.NullMarked;
