/** The figures for people, programs and browsers. */
@NullMarked
package io.orderflow.bench.report;

import org.jspecify.annotations.NullMarked;
