/** How the parts of this module are put together; knows nothing of orders. */
@NullMarked
package io.orderflow.messaging.config;

import org.jspecify.annotations.NullMarked;
