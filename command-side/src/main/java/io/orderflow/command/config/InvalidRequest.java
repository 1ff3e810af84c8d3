package io.orderflow.command.config;

import java.util.Objects;

/** What is asked for is well-formed and makes no sense. Nothing changed. Answered with 422. */
public final class InvalidRequest extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String problem;

    /**
     * @param problem its name in {@code urn:orderflow:problem:<name>}
     * @param detail what is wrong and what to do
     */
    public InvalidRequest(String problem, String detail) {
        super(detail);
        this.problem = problem;
    }

    /** A value's constructor has refused it, and said why. */
    public static InvalidRequest because(IllegalArgumentException refusal) {
        return new InvalidRequest("invalid", Objects.requireNonNullElse(refusal.getMessage(), "a value is invalid"));
    }

    String problem() {
        return problem;
    }
}
