/** Is it fast? The commands {@code orderflow bench} and {@code orderflow seed}. */
@NullMarked
package io.orderflow.bench;

import org.jspecify.annotations.NullMarked;
