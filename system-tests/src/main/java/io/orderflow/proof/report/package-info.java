/** One page about one run. */
@NullMarked
package io.orderflow.proof.report;

import org.jspecify.annotations.NullMarked;
