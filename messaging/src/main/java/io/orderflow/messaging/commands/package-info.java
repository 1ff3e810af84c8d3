/** Commands between services: stored with the decision to send them, sent afterwards, ordered per target. */
@NullMarked
package io.orderflow.messaging.commands;

import org.jspecify.annotations.NullMarked;
