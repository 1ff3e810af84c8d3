/** What can go wrong, and the plan of when. */
@NullMarked
package io.orderflow.proof.faults;

import org.jspecify.annotations.NullMarked;
