/** How the service is put together, and how it refuses; knows nothing of orders. */
@NullMarked
package io.orderflow.query.config;

import org.jspecify.annotations.NullMarked;
