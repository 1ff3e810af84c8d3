/** The requests of five older order systems, translated to calls of the canonical API. It decides nothing. */
@NullMarked
package io.orderflow.quickstart.compat;

import org.jspecify.annotations.NullMarked;
