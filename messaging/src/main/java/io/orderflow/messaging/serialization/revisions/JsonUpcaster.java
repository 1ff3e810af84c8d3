package io.orderflow.messaging.serialization.revisions;

import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;
import org.axonframework.serialization.upcasting.event.SingleEventUpcaster;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes one type of event from a revision to the next, by its JSON alone: neither by metadata, which not every reader has,
 * nor by classes of the contract, which change.
 */
abstract class JsonUpcaster extends SingleEventUpcaster {

    private static final JsonMapper JSON = new JsonMapper();

    private final String event;
    private final int from;

    JsonUpcaster(String event, int from) {
        this.event = event;
        this.from = from;
    }

    /** Changes {@code payload} from the shape of the revision to that of the next one. */
    abstract void upcast(ObjectNode payload);

    @Override
    protected boolean canUpcast(IntermediateEventRepresentation stored) {
        return stored.getType().equals(revision(from));
    }

    @Override
    protected IntermediateEventRepresentation doUpcast(IntermediateEventRepresentation stored) {
        return stored.upcastPayload(revision(from + 1), byte[].class, this::upcast);
    }

    private SimpleSerializedType revision(int number) {
        return new SimpleSerializedType(event, Integer.toString(number));
    }

    private byte[] upcast(byte[] json) {
        ObjectNode payload = (ObjectNode) JSON.readTree(json);
        upcast(payload);
        return JSON.writeValueAsBytes(payload);
    }
}
