/** Reading, on real servers. */
@NullMarked
package io.orderflow.messaging.reading;

import org.jspecify.annotations.NullMarked;
