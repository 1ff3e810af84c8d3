/** Orders: placed and cancelled over HTTP, fulfilled by the saga. */
@NullMarked
package io.orderflow.command.order;

import org.jspecify.annotations.NullMarked;
