package io.orderflow.messaging.cloudevents;

/** A well-formed message of a type that this release does not know: it waits for a newer release. */
public final class UnknownMessageTypeException extends UnreadableRecordException {

    private static final long serialVersionUID = 1L;

    public UnknownMessageTypeException(String type) {
        super("message type " + type + " is unknown to this release; install a newer one, then retry");
    }
}
