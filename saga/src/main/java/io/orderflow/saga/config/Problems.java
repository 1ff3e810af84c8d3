package io.orderflow.saga.config;

import io.orderflow.messaging.reading.Failures;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Every refusal to an operator as a problem detail (RFC 9457). */
@RestControllerAdvice
class Problems extends ResponseEntityExceptionHandler {

    private static final String RETRY_SECONDS = "2";

    /** A value's constructor refuses what was sent, such as an id that is none. */
    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(IllegalArgumentException e) {
        return answer(HttpStatus.BAD_REQUEST, "invalid-request", e.getMessage());
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> other(Exception e) {
        if (Failures.areInfrastructure(e)) {
            logger.warn("the database does not answer: " + e);
            return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                    .header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
                    .body(problem(
                            HttpStatus.SERVICE_UNAVAILABLE, "unavailable", "the database does not answer; ask again"));
        }
        logger.error("A request failed", e);
        return answer(HttpStatus.INTERNAL_SERVER_ERROR, "internal", "something is wrong on our side");
    }

    private static ResponseEntity<ProblemDetail> answer(HttpStatus status, String name, @Nullable String detail) {
        return ResponseEntity.status(status).body(problem(status, name, detail));
    }

    private static ProblemDetail problem(HttpStatus status, String name, @Nullable String detail) {
        ProblemDetail problem = ProblemDetail.forStatus(status);
        problem.setType(URI.create("urn:orderflow:problem:" + name));
        problem.setDetail(detail);
        return problem;
    }
}
