/** One origin for all services: forwards each request to the one that answers it. */
@NullMarked
package io.orderflow.quickstart.frontdoor;

import org.jspecify.annotations.NullMarked;
