package io.orderflow.quickstart.compat;

/** What was sent cannot be understood. The message says what is wrong. */
final class BadBody extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BadBody(String reason) {
        super(reason);
    }
}
