/** The way back of a store that was restored to an earlier moment: what it lacks stands on the topics. */
@NullMarked
package io.orderflow.command.recovery;

import org.jspecify.annotations.NullMarked;
