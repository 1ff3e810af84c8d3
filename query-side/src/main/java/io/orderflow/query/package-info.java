/** What can be asked: orders, their history, and products, as the events tell. */
@NullMarked
package io.orderflow.query;

import org.jspecify.annotations.NullMarked;
