/** Load over HTTP that costs little itself. */
@NullMarked
package io.orderflow.bench.http;

import org.jspecify.annotations.NullMarked;
