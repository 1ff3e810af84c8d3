/** What is sold at which price, as this node knows it. */
@NullMarked
package io.orderflow.command.catalogue;

import org.jspecify.annotations.NullMarked;
