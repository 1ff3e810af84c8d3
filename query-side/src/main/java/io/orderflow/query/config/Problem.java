package io.orderflow.query.config;

import java.net.URI;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** Why a question is not answered, and what to do (RFC 9457). */
public final class Problem {

    private Problem() {}

    /** There is nothing of that name; or its first event has not arrived yet. */
    public static ErrorResponseException unknown(String kind, String id) {
        ProblemDetail problem = of(
                HttpStatus.NOT_FOUND,
                "unknown-" + kind,
                "Unknown " + kind,
                "There is no " + kind + " " + id
                        + ", or it was created a moment ago: then ask with minVersion=0&wait=2s.");
        problem.setProperty(kind + "Id", id);
        return new ErrorResponseException(HttpStatus.NOT_FOUND, problem, null);
    }

    /** The view has not come as far as the caller wants to see. */
    public static ErrorResponseException notYetVisible(String orderId, long version) {
        ProblemDetail problem = of(
                HttpStatus.SERVICE_UNAVAILABLE,
                "not-yet-visible",
                "Not yet visible",
                "Version " + version + " of order " + orderId
                        + " has not arrived here yet. Ask again, or wait longer.");
        problem.setProperty("orderId", orderId);
        ErrorResponseException refusal = new ErrorResponseException(HttpStatus.SERVICE_UNAVAILABLE, problem, null);
        refusal.getHeaders().set(HttpHeaders.RETRY_AFTER, "1");
        return refusal;
    }

    static ProblemDetail of(HttpStatus status, String name, String title, String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(type(name));
        problem.setTitle(title);
        return problem;
    }

    static URI type(String name) {
        return URI.create("urn:orderflow:problem:" + name);
    }
}
