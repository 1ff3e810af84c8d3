/** Inventory: products, their prices and their stock. */
@NullMarked
package io.orderflow.api.inventory;

import org.jspecify.annotations.NullMarked;
