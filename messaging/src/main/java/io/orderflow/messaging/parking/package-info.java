/** What could not be processed, and everything of the same sequence behind it: kept, visible, retriable. */
@NullMarked
package io.orderflow.messaging.parking;

import org.jspecify.annotations.NullMarked;
