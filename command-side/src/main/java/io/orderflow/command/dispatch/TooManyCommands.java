package io.orderflow.command.dispatch;

/** This node decides as many commands as it may already. Nothing was stored. */
public final class TooManyCommands extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public TooManyCommands() {
        super("too many commands at once; nothing was stored: try again later", null, false, false);
    }
}
