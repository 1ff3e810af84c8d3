/** How a service sends its answers. */
@NullMarked
package io.orderflow.messaging.answer;

import org.jspecify.annotations.NullMarked;
