package io.orderflow.command.config;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Answers every refusal with its problem detail (RFC 9457). */
@RestControllerAdvice
class Problems extends ResponseEntityExceptionHandler {

    static final String RETRY_SECONDS = "1";
    private static final Set<Integer> FOR_NOW =
            Set.of(HttpStatus.SERVICE_UNAVAILABLE.value(), HttpStatus.TOO_MANY_REQUESTS.value());

    @ExceptionHandler
    ResponseEntity<Object> refused(Exception e) {
        return answer(Refusals.of(e));
    }

    /** Spring finds a wildcard only when it copies the headers, and blames nobody. */
    @ExceptionHandler
    ResponseEntity<Object> wildcard(IllegalArgumentException e, WebRequest request) {
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        return type != null && type.indexOf('*') >= 0
                ? answer(Refusals.problem(
                        HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                        "unsupported-media-type",
                        "the Content-Type must name one type; send application/json"))
                : refused(e);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return answer(Refusals.unreadable(e.getCause()));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        String what = e.getBindingResult().getFieldErrors().stream()
                .map(error -> error.getField() + " " + error.getDefaultMessage())
                .sorted()
                .collect(Collectors.joining("; "));
        return answer(Refusals.of(new InvalidRequest("invalid", what)));
    }

    @Override
    protected ResponseEntity<Object> createResponseEntity(
            @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (body instanceof ProblemDetail problem && URI.create("about:blank").equals(typeOf(problem))) {
            HttpStatus known = HttpStatus.resolve(status.value());
            problem.setType(Refusals.urn(known == null ? "http-" + status.value() : name(known)));
        }
        return new ResponseEntity<>(body, headers, status);
    }

    private static @Nullable URI typeOf(ProblemDetail problem) {
        return problem.getType() == null ? URI.create("about:blank") : problem.getType();
    }

    private static String name(HttpStatus status) {
        return status.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static ResponseEntity<Object> answer(ProblemDetail problem) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(problem.getStatus());
        if (FOR_NOW.contains(problem.getStatus())) {
            answer.header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
        }
        return answer.body(problem);
    }
}
