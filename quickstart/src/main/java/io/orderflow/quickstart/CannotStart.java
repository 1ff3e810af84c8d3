package io.orderflow.quickstart;

/** A reason not to start that the person who started it can do something about. The message is one line for that person. */
public final class CannotStart extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CannotStart(String reasonAndWayOut) {
        super(reasonAndWayOut);
    }
}
