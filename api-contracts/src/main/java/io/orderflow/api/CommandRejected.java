package io.orderflow.api;

/**
 * A command was understood and refused: what it asks for is not allowed in the state its target is in. Nothing changed.
 * The message says why and what can be done instead; it is meant for the caller.
 */
public final class CommandRejected extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CommandRejected(String reasonAndWayOut) {
        super(reasonAndWayOut);
    }
}
