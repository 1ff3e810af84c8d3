/** Orders as they are now, and their whole history. */
@NullMarked
package io.orderflow.query.order;

import org.jspecify.annotations.NullMarked;
