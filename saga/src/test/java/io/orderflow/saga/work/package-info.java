/** Fixtures for what is decided. */
@NullMarked
package io.orderflow.saga.work;

import org.jspecify.annotations.NullMarked;
