/** Products and their stock. */
@NullMarked
package io.orderflow.command.inventory;

import org.jspecify.annotations.NullMarked;
