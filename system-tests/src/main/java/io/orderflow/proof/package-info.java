/** The proof: everything as processes of its own, under load and faults; afterwards all books are compared. */
@NullMarked
package io.orderflow.proof;

import org.jspecify.annotations.NullMarked;
