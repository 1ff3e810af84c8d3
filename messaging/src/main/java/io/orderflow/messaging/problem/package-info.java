/** How a service refuses a request. */
@NullMarked
package io.orderflow.messaging.problem;

import org.jspecify.annotations.NullMarked;
