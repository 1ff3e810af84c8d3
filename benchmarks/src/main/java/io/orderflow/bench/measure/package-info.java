/** What is read from clocks and processes, and the figures made of it. */
@NullMarked
package io.orderflow.bench.measure;

import org.jspecify.annotations.NullMarked;
