/** How those who read know that the relay is alive and has published everything. */
@NullMarked
package io.orderflow.messaging.pulse;

import org.jspecify.annotations.NullMarked;
