package io.orderflow.command.recovery;

/** What stands on the topics and in the store contradicts each other. Nothing was changed; the message says what to do. */
public final class CannotRecover extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CannotRecover(String message) {
        super(message);
    }
}
