package io.orderflow.messaging.serialization;

import org.axonframework.serialization.SerializedType;

/** A well-formed message of a type, or of a revision, that this release does not know: it waits for a newer release. */
public final class UnknownMessageTypeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnknownMessageTypeException(SerializedType type) {
        super("message type " + type.getName() + ", revision " + type.getRevision()
                + ", is unknown to this release; install a newer one, then retry");
    }
}
