package io.orderflow.command.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.orderflow.api.order.OrderId;
import io.orderflow.api.order.OrderStatus;
import io.orderflow.command.config.Caller;
import io.orderflow.command.config.InvalidRequest;
import io.orderflow.command.config.Refusals;
import io.orderflow.command.order.Lines.Line;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Places the orders of endless bodies, many at once, so that they share the event store's commits, and answers them in
 * their order. Whoever does not read the answers is not read any further; and all batches together leave the larger part
 * of the event store's queue to single orders.
 */
@Component
class Batches {

    private static final int AT_ONCE = 400;

    private final Orders orders;
    private final Validator validator;
    private final ObjectReader requests;
    private final ObjectWriter outcomes;
    private final Semaphore atOnce = new Semaphore(AT_ONCE);

    Batches(Orders orders, Validator validator, JsonMapper json) {
        this.orders = orders;
        this.validator = validator;
        this.requests = json.readerFor(PlaceOrderRequest.class);
        this.outcomes = json.writerFor(Outcome.class);
    }

    /**
     * What became of a line: either the status of its order, or the problem for which there is none.
     *
     * @param orderId null when the line was not understood
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Outcome(
            int line,
            @Nullable OrderId orderId,
            @Nullable OrderStatus status,
            @Nullable ProblemDetail problem) {}

    /**
     * Returns when the last line is answered.
     *
     * @param key under which the lines are numbered, so that the whole can be repeated
     * @throws IOException when the client is gone; what was placed stays placed
     */
    void place(Lines lines, @Nullable String key, Caller caller, OutputStream answers) throws IOException {
        BlockingQueue<Future<Optional<Outcome>>> placed = new ArrayBlockingQueue<>(AT_ONCE);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> reading = threads.submit(() -> {
                try {
                    readAll(lines, key, caller, placed, threads);
                } finally {
                    placed.put(CompletableFuture.completedFuture(Optional.empty()));
                }
                return null;
            });
            try {
                answerAll(placed, answers);
                reading.get();
            } finally {
                reading.cancel(true);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException gone) {
                throw gone;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private void readAll(
            Lines lines,
            @Nullable String key,
            Caller caller,
            BlockingQueue<Future<Optional<Outcome>>> placed,
            ExecutorService threads)
            throws IOException, InterruptedException {
        for (Line line = lines.next(); line != null; line = lines.next()) {
            Line next = line;
            atOnce.acquire();
            placed.put(threads.submit(() -> {
                try {
                    return Optional.of(place(next, key, caller));
                } finally {
                    atOnce.release();
                }
            }));
        }
    }

    private void answerAll(BlockingQueue<Future<Optional<Outcome>>> placed, OutputStream answers)
            throws IOException, InterruptedException, ExecutionException {
        for (Optional<Outcome> next = next(placed, answers); next.isPresent(); next = next(placed, answers)) {
            answers.write(outcomes.writeValueAsBytes(next.get()));
            answers.write('\n');
        }
    }

    /** The next outcome; while it is not there, the client gets what is. */
    private static <T> T next(BlockingQueue<Future<T>> placed, OutputStream answers)
            throws IOException, InterruptedException, ExecutionException {
        Future<T> next = placed.poll();
        if (next == null || !next.isDone()) {
            answers.flush();
        }
        return (next == null ? placed.take() : next).get();
    }

    private Outcome place(Line line, @Nullable String key, Caller caller) {
        MDC.put("correlationId", caller.correlationId()); // of this line's own thread
        PlaceOrderRequest request;
        try {
            if (line.tooLong() != null) {
                return new Outcome(line.number(), null, null, Refusals.unreadable(line.tooLong()));
            }
            request = requests.readValue(line.content());
        } catch (JacksonException e) {
            return new Outcome(line.number(), null, null, Refusals.unreadable(e));
        }
        if (request == null) { // the line says "null"
            return new Outcome(line.number(), null, null, Refusals.unreadable(null));
        }
        OrderId id = request.idFor(caller.subject(), key == null ? null : key + "#" + line.number());
        try {
            validate(request);
            return new Outcome(
                    line.number(),
                    id,
                    orders.place(id, request, caller.metaData()).status(),
                    null);
        } catch (RuntimeException e) {
            return new Outcome(line.number(), id, null, Refusals.of(e));
        }
    }

    private void validate(PlaceOrderRequest request) {
        String what = validator.validate(request).stream()
                .map(Batches::describe)
                .sorted()
                .collect(Collectors.joining("; "));
        if (!what.isEmpty()) {
            throw new InvalidRequest("invalid", what);
        }
    }

    private static String describe(ConstraintViolation<?> violation) {
        return violation.getPropertyPath() + " " + violation.getMessage();
    }
}
