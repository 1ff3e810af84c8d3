/** The saga service on real servers. */
package io.orderflow.saga;
