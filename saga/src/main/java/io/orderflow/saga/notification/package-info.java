/** The notification step: customers are told what happened to their orders. */
@NullMarked
package io.orderflow.saga.notification;

import org.jspecify.annotations.NullMarked;
