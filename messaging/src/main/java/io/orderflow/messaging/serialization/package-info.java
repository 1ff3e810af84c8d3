/** Messages as bytes: JSON under their contract names. */
@NullMarked
package io.orderflow.messaging.serialization;

import org.jspecify.annotations.NullMarked;
