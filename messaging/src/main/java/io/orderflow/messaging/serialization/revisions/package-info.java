/** What became of the shapes of stored events over the years: from each revision to the next one, an upcaster. */
@NullMarked
package io.orderflow.messaging.serialization.revisions;

import org.jspecify.annotations.NullMarked;
