package io.orderflow.query.config;

import java.sql.SQLException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Every refusal is a problem detail with a type of ours. */
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {

    private static final String UNDEFINED_TABLE = "42P01";

    /** A value's constructor refuses what the caller sent. */
    @ExceptionHandler
    ProblemDetail refused(IllegalArgumentException e) {
        return Problem.of(HttpStatus.BAD_REQUEST, "invalid-request", "Invalid request", String.valueOf(e.getMessage()));
    }

    @ExceptionHandler({
        CannotCreateTransactionException.class,
        DataAccessResourceFailureException.class,
        TransientDataAccessException.class
    })
    ResponseEntity<ProblemDetail> unavailable(Exception e) {
        logger.warn("the database does not answer", e);
        return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                .header(HttpHeaders.RETRY_AFTER, "2")
                .body(Problem.of(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "unavailable",
                        "Unavailable",
                        "The database does not answer right now. Nothing is lost; ask again."));
    }

    /** There are no views before the first generation of tables is complete: after the read database was lost, say. */
    @ExceptionHandler
    ResponseEntity<ProblemDetail> beingBuilt(DataAccessException e) {
        if (!(NestedExceptionUtils.getMostSpecificCause(e) instanceof SQLException cause)
                || !UNDEFINED_TABLE.equals(cause.getSQLState())) {
            throw e;
        }
        return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                .header(HttpHeaders.RETRY_AFTER, "2")
                .body(Problem.of(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "being-built",
                        "Being built",
                        "The read tables are being filled from the events; GET /api/admin/projections says how far"
                                + " they are. Orders are accepted meanwhile."));
    }

    @Override
    protected ResponseEntity<Object> createResponseEntity(
            @Nullable Object body, HttpHeaders headers, HttpStatusCode statusCode, WebRequest request) {
        if (body instanceof ProblemDetail problem
                && (problem.getType() == null
                        || "about:blank".equals(problem.getType().toString()))) {
            HttpStatus status = HttpStatus.valueOf(statusCode.value());
            problem.setType(Problem.type(
                    status == HttpStatus.BAD_REQUEST
                            ? "invalid-request"
                            : status.getReasonPhrase().toLowerCase(Locale.ROOT).replace(' ', '-')));
        }
        return super.createResponseEntity(body, headers, statusCode, request);
    }
}
