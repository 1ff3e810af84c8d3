/** How values get into PostgreSQL. */
@NullMarked
package io.orderflow.messaging.database;

import org.jspecify.annotations.NullMarked;
