/** Generations of read tables: built beside the one that serves, compared with it, and put in its place. */
@NullMarked
package io.orderflow.query.generation;

import org.jspecify.annotations.NullMarked;
