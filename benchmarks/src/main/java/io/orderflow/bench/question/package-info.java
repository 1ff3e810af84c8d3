/** What is asked of the query side. */
@NullMarked
package io.orderflow.bench.question;

import org.jspecify.annotations.NullMarked;
