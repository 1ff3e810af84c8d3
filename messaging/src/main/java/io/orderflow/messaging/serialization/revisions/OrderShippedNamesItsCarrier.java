package io.orderflow.messaging.serialization.revisions;

import tools.jackson.databind.node.ObjectNode;

/** Revision 1 did not say which carrier has the parcel: there was but one. Without it a tracking number leads nowhere. */
final class OrderShippedNamesItsCarrier extends JsonUpcaster {

    OrderShippedNamesItsCarrier() {
        super("OrderShipped", 1);
    }

    @Override
    void upcast(ObjectNode payload) {
        payload.put("carrier", "Simulated carrier");
    }
}
