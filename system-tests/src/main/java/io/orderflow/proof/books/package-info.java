/** What the parts have on record, compared; independent of the services' own code. */
@NullMarked
package io.orderflow.proof.books;

import org.jspecify.annotations.NullMarked;
