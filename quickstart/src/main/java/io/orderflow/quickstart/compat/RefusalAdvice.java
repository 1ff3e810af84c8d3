package io.orderflow.quickstart.compat;

import java.net.URI;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** How the translated requests are refused. */
@RestControllerAdvice
class RefusalAdvice {

    @ExceptionHandler
    ResponseEntity<String> refused(Refused e) {
        return e.passOn(e.status());
    }

    @ExceptionHandler
    ProblemDetail bad(BadBody e) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, e.getMessage());
        problem.setType(URI.create("urn:orderflow:problem:malformed"));
        problem.setTitle("Malformed");
        return problem;
    }
}
