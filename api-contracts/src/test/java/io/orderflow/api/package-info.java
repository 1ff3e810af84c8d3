@NullMarked
package io.orderflow.api;

import org.jspecify.annotations.NullMarked;
