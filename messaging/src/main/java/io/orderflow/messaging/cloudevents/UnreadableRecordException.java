package io.orderflow.messaging.cloudevents;

/** A record is not a message of ours, or a broken one. */
public class UnreadableRecordException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnreadableRecordException(String reason) {
        super(reason);
    }
}
