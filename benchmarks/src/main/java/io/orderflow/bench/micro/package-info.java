/** The few inner loops that everything goes through, measured by JMH: {@code orderflow micro}. */
@NullMarked
package io.orderflow.bench.micro;

import org.jspecify.annotations.NullMarked;
