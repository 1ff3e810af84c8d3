package io.orderflow.query.order;

import io.orderflow.api.order.OrderId;
import io.orderflow.query.config.Problem;
import io.orderflow.query.order.Arrivals.Arrival;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DurationFormat;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/**
 * Questions about one order. {@code minVersion} (from the answer to a command) and {@code wait} let a client read its own
 * write: the answer has that version, or is a 202 that says to come again.
 */
@RestController
@RequestMapping("/api/orders/{orderId}")
class OrderController {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final OrderQueries queries;
    private final Arrivals arrivals;
    private final Histories histories;
    private final JsonMapper json;

    OrderController(OrderQueries queries, Arrivals arrivals, Histories histories, JsonMapper json) {
        this.queries = queries;
        this.arrivals = arrivals;
        this.histories = histories;
        this.json = json;
    }

    /**
     * The order, or what is asked for of it, has not arrived here yet.
     *
     * @param version that is waited for
     */
    record NotYet(String orderId, long version, String detail) {}

    @Operation(
            summary = "An order, as it is or as it was",
            description = "asOf is a version or a time: the order as its events up to then made it",
            responses = {
                @ApiResponse(
                        responseCode = "200",
                        content = @Content(schema = @Schema(implementation = OrderView.class))),
                @ApiResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = NotYet.class)))
            })
    @GetMapping
    ResponseEntity<Object> order(
            @PathVariable String orderId,
            @RequestParam(required = false) @Nullable String asOf,
            @RequestParam(required = false) @Nullable Long minVersion,
            @RequestParam(defaultValue = "0s") @DurationFormat(style = DurationFormat.Style.SIMPLE) Duration wait) {
        if (asOf == null) {
            return answer(orderId, minVersion, wait, queries::find, OrderView::version);
        }
        Moment moment = Moment.of("asOf", asOf);
        Long awaited = moment instanceof Moment.Version version ? Long.valueOf(version.version()) : minVersion;
        return answer(orderId, awaited, wait, id -> findAsOf(id, moment), OrderView::version);
    }

    private Optional<OrderView> findAsOf(OrderId orderId, Moment moment) {
        Optional<OrderView> then = queries.findAsOf(orderId, moment);
        if (then.isEmpty() && queries.findVersion(orderId).isPresent()) {
            throw Problem.notYetPlaced(orderId.toString());
        }
        return then;
    }

    @Operation(
            summary = "Everything that happened to an order",
            responses = {
                @ApiResponse(
                        responseCode = "200",
                        content = @Content(schema = @Schema(implementation = HistoryView.class))),
                @ApiResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = NotYet.class)))
            })
    @GetMapping("/history")
    ResponseEntity<Object> history(
            @PathVariable String orderId,
            @RequestParam(required = false) @Nullable Long minVersion,
            @RequestParam(defaultValue = "0s") @DurationFormat(style = DurationFormat.Style.SIMPLE) Duration wait) {
        return answer(
                orderId, minVersion, wait, id -> queries.findStory(id).map(histories::history), HistoryView::version);
    }

    @Operation(
            summary = "What changed in an order between two versions or times",
            responses = {
                @ApiResponse(
                        responseCode = "200",
                        content = @Content(schema = @Schema(implementation = DiffView.class))),
                @ApiResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = NotYet.class)))
            })
    @GetMapping("/diff")
    ResponseEntity<Object> diff(
            @PathVariable String orderId,
            @RequestParam String from,
            @RequestParam String to,
            @RequestParam(defaultValue = "0s") @DurationFormat(style = DurationFormat.Style.SIMPLE) Duration wait) {
        Moment first = Moment.of("from", from);
        Moment second = Moment.of("to", to);
        Long awaited = second instanceof Moment.Version version ? Long.valueOf(version.version()) : null;
        return answer(orderId, awaited, wait, id -> findDiff(id, first, second), DiffView::to);
    }

    private Optional<DiffView> findDiff(OrderId orderId, Moment from, Moment to) {
        return queries.findStory(orderId).map(story -> {
            OrderView before = queries.stateOf(story, from).orElseThrow(() -> Problem.notYetPlaced(orderId.toString()));
            OrderView after = queries.stateOf(story, to).orElseThrow(() -> Problem.notYetPlaced(orderId.toString()));
            if (before.version() > after.version()) {
                throw new IllegalArgumentException("'from' must not be later than 'to'");
            }
            return new DiffView(
                    orderId.value(),
                    before.version(),
                    after.version(),
                    DiffView.between(json.valueToTree(before), json.valueToTree(after)),
                    histories.entries(story.between(before.version(), after.version())));
        });
    }

    private <T> ResponseEntity<Object> answer(
            String orderId, @Nullable Long minVersion, Duration wait, Question<T> question, Version<T> version) {
        OrderId id = OrderId.of(orderId);
        if (wait.isNegative() || wait.compareTo(LONGEST_WAIT) > 0) {
            throw new IllegalArgumentException("'wait' must be between 0s and 30s");
        }
        Arrival arrival = minVersion == null ? Arrival.ARRIVED : arrivals.await(id, minVersion, wait);
        if (minVersion != null && arrival == Arrival.NOT_YET) {
            return notYet(id, minVersion);
        }
        T found = question.ask(id).orElseThrow(() -> Problem.unknown("order", id.toString()));
        return ResponseEntity.ok().eTag(Long.toString(version.of(found))).body(found);
    }

    /** Who names a version was told of it; for all that is known here it only comes late. */
    private ResponseEntity<Object> notYet(OrderId id, long version) {
        boolean known = queries.findVersion(id).isPresent();
        return ResponseEntity.status(HttpStatus.ACCEPTED)
                .header(HttpHeaders.RETRY_AFTER, "1")
                .body(new NotYet(
                        id.toString(),
                        version,
                        known
                                ? "Version " + version + " has not arrived here yet. Ask again, or wait longer."
                                : "The order has not arrived here yet, if it exists. Ask with wait=2s to be told."));
    }

    private interface Question<T> {
        Optional<T> ask(OrderId orderId);
    }

    private interface Version<T> {
        long of(T answer);
    }
}
