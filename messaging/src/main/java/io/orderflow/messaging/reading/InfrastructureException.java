package io.orderflow.messaging.reading;

/**
 * Something that a message needs is away for now: a database, a broker, another service. The message is not to blame,
 * so it is tried again until it succeeds, and never parked.
 */
public class InfrastructureException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public InfrastructureException(String message, Throwable cause) {
        super(message, cause);
    }

    public InfrastructureException(String message) {
        super(message);
    }
}
