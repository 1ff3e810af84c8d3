package io.orderflow.messaging.serialization.revisions;

import org.axonframework.serialization.upcasting.event.EventUpcasterChain;

/**
 * From whatever was ever stored to what this release knows. The same chain in every service; the stored bytes stay as they
 * are, in the store and on the topics.
 */
public final class Revisions {

    /** In the order in which the changes were made. One is only ever added, at the end. */
    public static final EventUpcasterChain UPCASTERS = new EventUpcasterChain(new OrderShippedNamesItsCarrier());

    private Revisions() {}
}
