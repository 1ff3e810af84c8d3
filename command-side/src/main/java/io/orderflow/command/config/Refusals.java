package io.orderflow.command.config;

import io.orderflow.api.CommandRejected;
import io.orderflow.command.config.BodyLimitFilter.BodyTooLarge;
import io.orderflow.command.dispatch.TooManyCommands;
import io.orderflow.command.store.EventTooLarge;
import io.orderflow.command.store.HappenedBefore;
import io.orderflow.command.store.OutcomeUnknown;
import io.orderflow.command.store.StoreUnavailable;
import io.orderflow.messaging.reading.Failures;
import io.orderflow.messaging.serialization.UnknownMessageTypeException;
import java.net.URI;
import java.util.stream.Collectors;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.axonframework.commandhandling.NoHandlerForCommandException;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.axonframework.modelling.command.ConflictingModificationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.ValueInstantiationException;

/** Why something was refused, in the words of RFC 9457: what is wrong, and what to do. */
public final class Refusals {

    private static final Logger log = LoggerFactory.getLogger(Refusals.class);

    private Refusals() {}

    /** What a client hears of {@code failure}; a bug is logged, with the correlation id that is in the log's context. */
    public static ProblemDetail of(Throwable failure) {
        return switch (failure) {
            case CommandRejected e -> problem(HttpStatus.CONFLICT, "refused", e.getMessage());
            case InvalidRequest e -> problem(HttpStatus.UNPROCESSABLE_CONTENT, e.problem(), e.getMessage());
            case AggregateNotFoundException e ->
                problem(
                        HttpStatus.NOT_FOUND,
                        "not-found",
                        "there is no " + e.getAggregateIdentifier() + "; check the id");
            case ConflictingModificationException e ->
                problem(
                        HttpStatus.PRECONDITION_FAILED,
                        "version-differs",
                        "it has changed since the version in If-Match; read it again and decide anew");
            case ConcurrencyException e ->
                problem(HttpStatus.SERVICE_UNAVAILABLE, "contended", "too many change it at the same time; try again");
            case InvalidParameterException e ->
                problem(HttpStatus.BAD_REQUEST, "malformed", "the query, or a form, cannot be decoded; send JSON");
            case EventTooLarge e -> problem(HttpStatus.CONTENT_TOO_LARGE, "too-large", e.getMessage());
            case StoreUnavailable e -> problem(HttpStatus.SERVICE_UNAVAILABLE, "unavailable", e.getMessage());
            case HappenedBefore e -> problem(HttpStatus.CONFLICT, "done-before", e.getMessage());
            case TooManyCommands e -> problem(HttpStatus.TOO_MANY_REQUESTS, "overloaded", e.getMessage());
            case OutcomeUnknown e -> unknown(e);
            case NoHandlerForCommandException e ->
                problem(HttpStatus.SERVICE_UNAVAILABLE, "unavailable", "this node is starting or stopping; try again");
            case UnknownMessageTypeException e -> newerRelease(e);
            default -> Failures.areInfrastructure(failure) ? databaseAway(failure) : bug(failure);
        };
    }

    private static ProblemDetail unknown(OutcomeUnknown e) {
        ProblemDetail problem = problem(
                HttpStatus.SERVICE_UNAVAILABLE,
                "outcome-unknown",
                "the answer of the event store was lost: send the same request again (with its Idempotency-Key), or ask"
                        + " for the order");
        problem.setProperty("orderId", e.aggregateIdentifier());
        return problem;
    }

    private static ProblemDetail newerRelease(UnknownMessageTypeException e) {
        log.warn("A request needs a newer release: {}", e.getMessage());
        return problem(
                HttpStatus.SERVICE_UNAVAILABLE, "newer-release", "a newer release has written to it; try again there");
    }

    private static ProblemDetail databaseAway(Throwable failure) {
        log.warn("A request failed because the database does not answer: {}", failure.toString());
        return problem(HttpStatus.SERVICE_UNAVAILABLE, "unavailable", "the database does not answer now; try again");
    }

    private static ProblemDetail bug(Throwable failure) {
        log.error("A request failed", failure);
        return problem(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "internal",
                "something is wrong on our side; tell us the X-Correlation-Id of this answer");
    }

    /** What a client hears whose JSON was not read, because of {@code cause}. */
    public static ProblemDetail unreadable(@Nullable Throwable cause) {
        for (Throwable reason = cause; reason != null; reason = reason.getCause()) {
            if (reason instanceof BodyTooLarge) {
                return problem(HttpStatus.CONTENT_TOO_LARGE, "too-large", reason.getMessage());
            }
            if (reason instanceof ValueInstantiationException value && value.getCause() != null) {
                return problem(
                        HttpStatus.UNPROCESSABLE_CONTENT,
                        "invalid",
                        pathOf(value) + ": " + value.getCause().getMessage());
            }
        }
        String what = cause instanceof JacksonException json ? json.getOriginalMessage() : "it cannot be read";
        return problem(HttpStatus.BAD_REQUEST, "malformed", "the body is not the JSON expected here: " + what);
    }

    private static String pathOf(DatabindException e) {
        String path = e.getPath().stream()
                .map(step -> step.getPropertyName() != null ? step.getPropertyName() : "[" + step.getIndex() + "]")
                .collect(Collectors.joining("."));
        return path.isEmpty() ? "the body" : path.replace(".[", "[");
    }

    /** @param name in {@code urn:orderflow:problem:<name>} */
    public static ProblemDetail problem(HttpStatus status, String name, @Nullable String detail) {
        ProblemDetail problem = ProblemDetail.forStatus(status);
        problem.setType(urn(name));
        problem.setDetail(detail);
        return problem;
    }

    static URI urn(String name) {
        return URI.create("urn:orderflow:problem:" + name);
    }
}
