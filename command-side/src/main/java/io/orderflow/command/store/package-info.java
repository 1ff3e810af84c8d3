/** The event store: many units of work, one statement, one commit. */
@NullMarked
package io.orderflow.command.store;

import org.jspecify.annotations.NullMarked;
