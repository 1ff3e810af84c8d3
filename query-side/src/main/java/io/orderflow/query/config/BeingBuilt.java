package io.orderflow.query.config;

import io.orderflow.messaging.problem.Problems;
import java.sql.SQLException;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** There are no views before the first generation of tables is complete: after the read database was lost, say. */
@RestControllerAdvice
class BeingBuilt {

    private static final String UNDEFINED_TABLE = "42P01";

    @ExceptionHandler
    ResponseEntity<ProblemDetail> beingBuilt(InvalidDataAccessResourceUsageException e) {
        if (!(NestedExceptionUtils.getMostSpecificCause(e) instanceof SQLException cause)
                || !UNDEFINED_TABLE.equals(cause.getSQLState())) {
            throw e;
        }
        return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                .header(HttpHeaders.RETRY_AFTER, "2")
                .body(Problems.of(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "being-built",
                        "Being built",
                        "The read tables are being filled from the events; GET /api/admin/projections says how far"
                                + " they are. Orders are accepted meanwhile."));
    }
}
