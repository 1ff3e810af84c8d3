/** Wiring that knows nothing of orders: problem details, correlation, health. */
@NullMarked
package io.orderflow.command.config;

import org.jspecify.annotations.NullMarked;
