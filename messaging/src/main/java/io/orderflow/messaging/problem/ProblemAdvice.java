package io.orderflow.messaging.problem;

import io.orderflow.messaging.reading.Failures;
import java.sql.SQLException;
import java.util.Locale;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanInstantiationException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Every refusal is a problem detail (RFC 9457) with a type of ours. A service imports it. */
@RestControllerAdvice
public class ProblemAdvice extends ResponseEntityExceptionHandler {

    /** A value's constructor refuses what the caller sent. */
    @ExceptionHandler
    ProblemDetail refused(IllegalArgumentException e) {
        return Problems.of(
                HttpStatus.BAD_REQUEST, "invalid-request", "Invalid request", String.valueOf(e.getMessage()));
    }

    /** The server decodes parameters when they are first asked for. */
    @ExceptionHandler
    ProblemDetail refused(InvalidParameterException e) {
        return Problems.of(
                HttpStatus.BAD_REQUEST,
                "invalid-request",
                "Invalid request",
                "The query, or a form, cannot be decoded.");
    }

    /** The constructor of what parameters are bound to. */
    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(BeanInstantiationException e) {
        return e.getCause() instanceof IllegalArgumentException refusal
                ? ResponseEntity.badRequest().body(refused(refusal))
                : other(e);
    }

    /** A question is lost with its connection in many ways; each means to ask again. */
    @ExceptionHandler
    ResponseEntity<ProblemDetail> other(Exception e) {
        if (Failures.areInfrastructure(e)) {
            return unavailable(e);
        }
        if (isRefusedValue(e)) {
            return ResponseEntity.badRequest()
                    .body(Problems.of(
                            HttpStatus.BAD_REQUEST,
                            "invalid-request",
                            "Invalid request",
                            "A value of the question cannot be looked for; it may hold a NUL character."));
        }
        logger.error("A question failed", e);
        return ResponseEntity.internalServerError()
                .body(Problems.of(
                        HttpStatus.INTERNAL_SERVER_ERROR,
                        "internal",
                        "Internal error",
                        "Something is wrong on our side."));
    }

    /** Whether the database refused a value that the caller sent: SQLSTATE class 22, data exception. */
    private static boolean isRefusedValue(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException database
                    && String.valueOf(database.getSQLState()).startsWith("22")) {
                return true;
            }
        }
        return false;
    }

    private ResponseEntity<ProblemDetail> unavailable(Exception e) {
        logger.warn("the database does not answer: " + e);
        return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                .header(HttpHeaders.RETRY_AFTER, "2")
                .body(Problems.of(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "unavailable",
                        "Unavailable",
                        "The database does not answer right now. Nothing is lost; ask again."));
    }

    @Override
    protected ResponseEntity<Object> createResponseEntity(
            @Nullable Object body, HttpHeaders headers, HttpStatusCode statusCode, WebRequest request) {
        if (body instanceof ProblemDetail problem
                && (problem.getType() == null
                        || "about:blank".equals(problem.getType().toString()))) {
            HttpStatus status = HttpStatus.valueOf(statusCode.value());
            problem.setType(Problems.type(
                    status == HttpStatus.BAD_REQUEST
                            ? "invalid-request"
                            : status.getReasonPhrase().toLowerCase(Locale.ROOT).replace(' ', '-')));
        }
        return super.createResponseEntity(body, headers, statusCode, request);
    }
}
