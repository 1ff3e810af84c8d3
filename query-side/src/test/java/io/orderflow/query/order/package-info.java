@NullMarked
package io.orderflow.query.order;

import org.jspecify.annotations.NullMarked;
