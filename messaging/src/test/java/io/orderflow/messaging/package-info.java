/** Fixtures for tests on real servers. */
@NullMarked
package io.orderflow.messaging;

import org.jspecify.annotations.NullMarked;
