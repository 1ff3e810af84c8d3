/** How events become rows: collected by handlers, written once per batch, each event once. */
@NullMarked
package io.orderflow.query.projection;

import org.jspecify.annotations.NullMarked;
