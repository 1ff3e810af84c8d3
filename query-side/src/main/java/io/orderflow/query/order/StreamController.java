package io.orderflow.query.order;

import io.orderflow.api.order.OrderId;
import io.orderflow.query.config.Problem;
import io.orderflow.query.order.ChangeFeed.Extent;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Changes as they happen (server-sent events). A client that comes back with the {@code Last-Event-ID} it has, on any node,
 * gets what it missed, each change once and in order.
 */
@RestController
@RequestMapping("/api/orders")
class StreamController {

    private static final String LAST_EVENT_ID = "Last-Event-ID";

    private final Streams streams;
    private final ChangeFeed feed;
    private final OrderQueries queries;

    StreamController(Streams streams, ChangeFeed feed, OrderQueries queries) {
        this.streams = streams;
        this.feed = feed;
        this.queries = queries;
    }

    @Operation(
            summary = "Changes of all orders, as they happen",
            description = "Begins now, or behind Last-Event-ID; browsers, which cannot set it on the first connection,"
                    + " say lastEventId in the query. 410 when what was missed is no longer kept.",
            responses =
                    @ApiResponse(
                            responseCode = "200",
                            content =
                                    @Content(
                                            mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
                                            schema = @Schema(implementation = Change.class))))
    @GetMapping("/stream")
    void changes(
            @RequestParam(required = false) @Nullable String customerId,
            @RequestHeader(name = LAST_EVENT_ID, required = false) @Nullable String lastEventId,
            @RequestParam(name = "lastEventId", required = false) @Nullable String lastEventIdInQuery,
            HttpServletResponse response)
            throws IOException {
        String last = lastEventId == null ? lastEventIdInQuery : lastEventId;
        streams.changes(last == null ? now() : resume(last), customerId, () -> new EventStream(response));
    }

    private ResumePoint now() {
        Extent extent = feed.extent();
        return new ResumePoint(ResumePoint.lifeOf(extent.id()), extent.last());
    }

    private ResumePoint resume(String last) {
        ResumePoint point = ResumePoint.parse(last)
                .orElseThrow(() -> new IllegalArgumentException("Last-Event-ID is not from here"));
        if (!point.life().equals(now().life()) || !feed.reachesBackTo(point.number())) {
            throw Problem.cannotResume(last);
        }
        return point;
    }

    @Operation(
            summary = "An order's history, and what happens to it next",
            description = "Begins with the first event, or behind Last-Event-ID, the version of an event",
            responses =
                    @ApiResponse(
                            responseCode = "200",
                            content =
                                    @Content(
                                            mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
                                            schema = @Schema(implementation = HistoryView.Entry.class))))
    @GetMapping("/{orderId}/stream")
    void story(
            @PathVariable String orderId,
            @RequestHeader(name = LAST_EVENT_ID, required = false) @Nullable String lastEventId,
            @RequestParam(name = "lastEventId", required = false) @Nullable String lastEventIdInQuery,
            HttpServletResponse response)
            throws IOException {
        OrderId id = OrderId.of(orderId);
        String last = lastEventId == null ? lastEventIdInQuery : lastEventId;
        long version = last == null ? -1 : version(last);
        if (queries.findVersion(id).isEmpty()) {
            throw Problem.unknown("order", orderId);
        }
        streams.story(id, version, () -> new EventStream(response));
    }

    private static long version(String lastEventId) {
        try {
            return Long.parseLong(lastEventId);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("Last-Event-ID must be the version of an event of this order", e);
        }
    }
}
