/** Messages as bytes, tested. */
package io.orderflow.messaging.serialization;
