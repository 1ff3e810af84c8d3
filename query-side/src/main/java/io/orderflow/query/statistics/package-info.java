/** What happened to orders over time, counted. */
@NullMarked
package io.orderflow.query.statistics;

import org.jspecify.annotations.NullMarked;
