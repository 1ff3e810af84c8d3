package io.orderflow.command.config;

import io.orderflow.api.CommandRejected;
import io.orderflow.command.config.BodyLimitFilter.BodyTooLarge;
import io.orderflow.command.store.EventTooLarge;
import io.orderflow.command.store.OutcomeUnknown;
import io.orderflow.command.store.StoreUnavailable;
import io.orderflow.messaging.reading.Failures;
import java.net.URI;
import java.util.Locale;
import java.util.stream.Collectors;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.axonframework.modelling.command.ConflictingModificationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.ValueInstantiationException;

/** Every refusal as a problem detail (RFC 9457): what is wrong, and what to do. */
@RestControllerAdvice
class Problems extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(Problems.class);
    private static final String RETRY_SECONDS = "1";

    @ExceptionHandler
    ResponseEntity<Object> refused(CommandRejected e) {
        return answer(problem(HttpStatus.CONFLICT, "refused", e.getMessage()));
    }

    @ExceptionHandler
    ResponseEntity<Object> invalid(InvalidRequest e) {
        return answer(problem(HttpStatus.UNPROCESSABLE_CONTENT, e.problem(), e.getMessage()));
    }

    @ExceptionHandler
    ResponseEntity<Object> notFound(AggregateNotFoundException e) {
        return answer(problem(
                HttpStatus.NOT_FOUND, "not-found", "there is no " + e.getAggregateIdentifier() + "; check the id"));
    }

    @ExceptionHandler
    ResponseEntity<Object> otherVersion(ConflictingModificationException e) {
        return answer(problem(
                HttpStatus.PRECONDITION_FAILED,
                "version-differs",
                "it has changed since the version in If-Match; read it again and decide anew"));
    }

    @ExceptionHandler
    ResponseEntity<Object> tooManyAtOnce(ConcurrencyException e) {
        return retry(
                problem(HttpStatus.SERVICE_UNAVAILABLE, "contended", "too many change it at the same time; try again"));
    }

    @ExceptionHandler
    ResponseEntity<Object> tooLarge(EventTooLarge e) {
        return answer(problem(HttpStatus.CONTENT_TOO_LARGE, "too-large", e.getMessage()));
    }

    @ExceptionHandler
    ResponseEntity<Object> unavailable(StoreUnavailable e) {
        return retry(problem(HttpStatus.SERVICE_UNAVAILABLE, "unavailable", e.getMessage()));
    }

    @ExceptionHandler
    ResponseEntity<Object> unknown(OutcomeUnknown e) {
        ProblemDetail problem = problem(
                HttpStatus.SERVICE_UNAVAILABLE,
                "outcome-unknown",
                "the answer of the event store was lost: send the same request again (with its Idempotency-Key), or ask"
                        + " for the order");
        problem.setProperty("orderId", e.aggregateIdentifier());
        return retry(problem);
    }

    /** Spring finds a wildcard only when it copies the headers, and blames nobody. */
    @ExceptionHandler
    ResponseEntity<Object> wildcard(IllegalArgumentException e, WebRequest request) {
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        return type != null && type.indexOf('*') >= 0
                ? answer(problem(
                        HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                        "unsupported-media-type",
                        "the Content-Type must name one type; send application/json"))
                : other(e);
    }

    @ExceptionHandler
    ResponseEntity<Object> other(Exception e) {
        if (Failures.areInfrastructure(e)) {
            log.warn("A request failed because the database does not answer: {}", e.toString());
            return retry(problem(
                    HttpStatus.SERVICE_UNAVAILABLE, "unavailable", "the database does not answer now; try again"));
        }
        log.error("A request failed", e); // its correlation id is in the log's context
        return answer(problem(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "internal",
                "something is wrong on our side; tell us the X-Correlation-Id of this answer"));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof BodyTooLarge) {
                return answer(problem(HttpStatus.CONTENT_TOO_LARGE, "too-large", cause.getMessage()));
            }
            if (cause instanceof ValueInstantiationException value && value.getCause() != null) {
                return answer(problem(
                        HttpStatus.UNPROCESSABLE_CONTENT,
                        "invalid",
                        pathOf(value) + ": " + value.getCause().getMessage()));
            }
        }
        String what = e.getCause() instanceof JacksonException json ? json.getOriginalMessage() : "it cannot be read";
        return answer(problem(HttpStatus.BAD_REQUEST, "malformed", "the body is not the JSON expected here: " + what));
    }

    private static String pathOf(DatabindException e) {
        String path = e.getPath().stream()
                .map(step -> step.getPropertyName() != null ? step.getPropertyName() : "[" + step.getIndex() + "]")
                .collect(Collectors.joining("."));
        return path.isEmpty() ? "the body" : path.replace(".[", "[");
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        String what = e.getBindingResult().getFieldErrors().stream()
                .map(error -> error.getField() + " " + error.getDefaultMessage())
                .sorted()
                .collect(Collectors.joining("; "));
        return answer(problem(HttpStatus.UNPROCESSABLE_CONTENT, "invalid", what));
    }

    @Override
    protected ResponseEntity<Object> createResponseEntity(
            @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (body instanceof ProblemDetail problem && URI.create("about:blank").equals(typeOf(problem))) {
            HttpStatus known = HttpStatus.resolve(status.value());
            problem.setType(urn(known == null ? "http-" + status.value() : name(known)));
        }
        return new ResponseEntity<>(body, headers, status);
    }

    private static @Nullable URI typeOf(ProblemDetail problem) {
        return problem.getType() == null ? URI.create("about:blank") : problem.getType();
    }

    private static String name(HttpStatus status) {
        return status.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static ProblemDetail problem(HttpStatus status, String name, @Nullable String detail) {
        ProblemDetail problem = ProblemDetail.forStatus(status);
        problem.setType(urn(name));
        problem.setDetail(detail);
        return problem;
    }

    private static URI urn(String name) {
        return URI.create("urn:orderflow:problem:" + name);
    }

    private static ResponseEntity<Object> answer(ProblemDetail problem) {
        return ResponseEntity.status(problem.getStatus()).body(problem);
    }

    private static ResponseEntity<Object> retry(ProblemDetail problem) {
        return ResponseEntity.status(problem.getStatus())
                .header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
                .body(problem);
    }
}
