/** Clients who place, cancel and read, and remember what they were promised. */
@NullMarked
package io.orderflow.proof.load;

import org.jspecify.annotations.NullMarked;
