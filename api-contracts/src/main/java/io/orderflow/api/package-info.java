/** What is said between the parts of Orderflow: the names of messages, and how a refusal is told. */
@NullMarked
package io.orderflow.api;

import org.jspecify.annotations.NullMarked;
