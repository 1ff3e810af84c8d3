/** How this service is put together; knows nothing of orders. */
@NullMarked
package io.orderflow.saga.config;

import org.jspecify.annotations.NullMarked;
