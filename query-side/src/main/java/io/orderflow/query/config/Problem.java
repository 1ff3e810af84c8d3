package io.orderflow.query.config;

import io.orderflow.messaging.problem.Problems;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** Why a question is not answered, and what to do (RFC 9457). */
public final class Problem {

    private Problem() {}

    /** There is nothing of that name; or its first event has not arrived yet. */
    public static ErrorResponseException unknown(String kind, String id) {
        ProblemDetail problem = Problems.of(
                HttpStatus.NOT_FOUND,
                "unknown-" + kind,
                "Unknown " + kind,
                "There is no " + kind + " " + id
                        + ", or it was created a moment ago: then ask with minVersion=0&wait=2s.");
        problem.setProperty(kind + "Id", id);
        return new ErrorResponseException(HttpStatus.NOT_FOUND, problem, null);
    }

    /** The order exists, but did not at the moment that is asked for. */
    public static ErrorResponseException notYetPlaced(String orderId) {
        ProblemDetail problem = Problems.of(
                HttpStatus.NOT_FOUND,
                "not-yet-placed",
                "Not yet placed",
                "Order " + orderId + " had not been placed by then; its history says when it was.");
        problem.setProperty("orderId", orderId);
        return new ErrorResponseException(HttpStatus.NOT_FOUND, problem, null);
    }

    /** What the caller has seen last is no longer, or never was, in the change feed. */
    public static ErrorResponseException cannotResume(String lastEventId) {
        ProblemDetail problem = Problems.of(
                HttpStatus.GONE,
                "cannot-resume",
                "Cannot resume",
                "The changes after " + lastEventId + " are no longer kept here. Read what you need anew, then open the"
                        + " stream without Last-Event-ID.");
        return new ErrorResponseException(HttpStatus.GONE, problem, null);
    }

    /** What is asked for cannot be done as things stand. */
    public static ErrorResponseException conflict(String name, String title, String detail) {
        return new ErrorResponseException(
                HttpStatus.CONFLICT, Problems.of(HttpStatus.CONFLICT, name, title, detail), null);
    }

    /** As many streams are open as this node serves. */
    public static ErrorResponseException tooManyStreams() {
        ProblemDetail problem = Problems.of(
                HttpStatus.SERVICE_UNAVAILABLE,
                "too-many-streams",
                "Too many streams",
                "This node serves no more streams, or is stopping. Come again in a moment; nothing is missed.");
        ErrorResponseException refusal = new ErrorResponseException(HttpStatus.SERVICE_UNAVAILABLE, problem, null);
        refusal.getHeaders().set(HttpHeaders.RETRY_AFTER, "2");
        return refusal;
    }
}
