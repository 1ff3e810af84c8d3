/** Products, their prices and their stock as they are now. */
@NullMarked
package io.orderflow.query.inventory;

import org.jspecify.annotations.NullMarked;
