package io.orderflow.messaging.problem;

import java.net.URI;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/** Why a request is refused, and what to do (RFC 9457). */
public final class Problems {

    private Problems() {}

    /** @param name in {@code urn:orderflow:problem:<name>} */
    public static ProblemDetail of(HttpStatus status, String name, String title, String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(type(name));
        problem.setTitle(title);
        return problem;
    }

    static URI type(String name) {
        return URI.create("urn:orderflow:problem:" + name);
    }
}
