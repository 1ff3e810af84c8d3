@NullMarked
package io.orderflow.query.generation;

import org.jspecify.annotations.NullMarked;
