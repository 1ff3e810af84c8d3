/** Orders: what can be asked of one, and everything that can happen to it. */
@NullMarked
package io.orderflow.api.order;

import org.jspecify.annotations.NullMarked;
