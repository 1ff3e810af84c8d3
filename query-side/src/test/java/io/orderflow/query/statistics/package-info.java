@NullMarked
package io.orderflow.query.statistics;

import org.jspecify.annotations.NullMarked;
