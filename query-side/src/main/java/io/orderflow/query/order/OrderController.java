package io.orderflow.query.order;

import io.orderflow.api.order.CustomerId;
import io.orderflow.api.order.OrderId;
import io.orderflow.api.order.OrderStatus;
import io.orderflow.query.config.Problem;
import io.orderflow.query.order.OrderQueries.Page;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DurationFormat;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Questions about orders. {@code minVersion} (from the answer to a command) and {@code wait} let a client read its own
 * write: the answer has that version, or is a refusal that says to come again.
 */
@RestController
@RequestMapping("/api/orders")
class OrderController {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final OrderQueries queries;

    OrderController(OrderQueries queries) {
        this.queries = queries;
    }

    @GetMapping("/{orderId}")
    ResponseEntity<OrderView> order(
            @PathVariable String orderId,
            @RequestParam(required = false) @Nullable Long minVersion,
            @RequestParam(defaultValue = "0s") @DurationFormat(style = DurationFormat.Style.SIMPLE) Duration wait) {
        OrderView order = asOf(minVersion, wait, OrderId.of(orderId), queries::find);
        return ResponseEntity.ok().eTag(Long.toString(order.version())).body(order);
    }

    @GetMapping("/{orderId}/history")
    ResponseEntity<HistoryView> history(
            @PathVariable String orderId,
            @RequestParam(required = false) @Nullable Long minVersion,
            @RequestParam(defaultValue = "0s") @DurationFormat(style = DurationFormat.Style.SIMPLE) Duration wait) {
        HistoryView history = asOf(minVersion, wait, OrderId.of(orderId), queries::findHistory);
        return ResponseEntity.ok().eTag(Long.toString(history.version())).body(history);
    }

    @GetMapping
    OrderList newest(
            @RequestParam(required = false) @Nullable CustomerId customerId,
            @RequestParam(required = false) @Nullable OrderStatus status,
            @RequestParam(defaultValue = "20") @Min(1) @Max(200) int limit,
            @RequestParam(required = false) @Nullable String after) {
        Page page = queries.findNewest(
                customerId == null ? null : customerId.value(),
                status,
                limit,
                after == null ? null : Cursor.parse(after));
        return new OrderList(page.orders(), page.next() == null ? null : link(customerId, status, limit, page.next()));
    }

    private <T> T asOf(@Nullable Long minVersion, Duration wait, OrderId orderId, Question<T> question) {
        if (wait.isNegative() || wait.compareTo(LONGEST_WAIT) > 0) {
            throw new IllegalArgumentException("'wait' must be between 0s and 30s");
        }
        if (minVersion != null && !queries.awaitVersion(orderId, minVersion, wait)) {
            throw Problem.notYetVisible(orderId.toString(), minVersion);
        }
        return question.ask(orderId).orElseThrow(() -> Problem.unknown("order", orderId.toString()));
    }

    private interface Question<T> {
        Optional<T> ask(OrderId orderId);
    }

    private static String link(@Nullable CustomerId customerId, @Nullable OrderStatus status, int limit, Cursor next) {
        return UriComponentsBuilder.fromPath("/api/orders")
                .queryParamIfPresent("customerId", Optional.ofNullable(customerId))
                .queryParamIfPresent("status", Optional.ofNullable(status))
                .queryParam("limit", limit)
                .queryParam("after", next)
                .encode()
                .build()
                .toUriString();
    }
}
