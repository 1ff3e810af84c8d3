package io.orderflow.query.order;

import io.orderflow.query.order.OrderList.Count;
import io.orderflow.query.order.OrderLists.Page;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

/** Lists of orders, by pages or as a whole. */
@RestController
@RequestMapping("/api/orders")
class OrderListController {

    private static final String PATH = "/api/orders";

    private final OrderLists lists;
    private final OrderExport export;

    OrderListController(OrderLists lists, OrderExport export) {
        this.lists = lists;
        this.export = export;
    }

    /** How the number of all orders is told. */
    enum Total {
        ESTIMATE,
        EXACT;

        static Total of(String parameter) {
            return switch (parameter) {
                case "estimate" -> ESTIMATE;
                case "exact" -> EXACT;
                default -> throw new IllegalArgumentException("'total' must be estimate or exact");
            };
        }
    }

    @Operation(
            summary = "Orders, by pages",
            description = "'next' and 'prev', also Link headers, lead to the pages around")
    @GetMapping
    ResponseEntity<OrderList> list(
            @ParameterObject OrderFilter filter,
            @RequestParam(defaultValue = "-placedAt") String sort,
            @RequestParam(defaultValue = "20") @Min(1) @Max(200) int limit,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(required = false) @Nullable String before,
            @RequestParam(defaultValue = "estimate") String total) {
        Sorting sorting = Sorting.of(sort);
        boolean exact = Total.of(total) == Total.EXACT;
        Page page = page(filter, sorting, limit, after, before);
        Count count = page.count() == null ? lists.count(filter, sorting, exact) : page.count();
        UriComponentsBuilder list = list(filter, sorting, limit);
        String prev = page.prev() == null ? null : link(list, "before", page.prev());
        String next = page.next() == null ? null : link(list, "after", page.next());
        return ResponseEntity.ok()
                .headers(headers -> {
                    addLink(headers, list.build(true).toUriString(), "first");
                    addLink(headers, prev, "prev");
                    addLink(headers, next, "next");
                })
                .body(new OrderList(page.orders(), count, prev, next));
    }

    private Page page(OrderFilter filter, Sorting sorting, int limit, @Nullable String after, @Nullable String before) {
        if (before == null) {
            return lists.page(filter, sorting, limit, after == null ? null : Cursor.parse(after, sorting));
        }
        if (after != null) {
            throw new IllegalArgumentException("'after' and 'before' exclude each other");
        }
        return lists.pageBefore(filter, sorting, limit, Cursor.parse(before, sorting));
    }

    private static void addLink(HttpHeaders headers, @Nullable String target, String relation) {
        if (target != null) {
            headers.add(HttpHeaders.LINK, "<" + target + ">; rel=\"" + relation + "\"");
        }
    }

    @Operation(
            summary = "All orders of a filter",
            description = "A line for each order, while they are read; an answer that breaks off is not complete",
            responses =
                    @ApiResponse(
                            responseCode = "200",
                            content = {
                                @Content(
                                        mediaType = "application/x-ndjson",
                                        schema = @Schema(implementation = OrderView.class)),
                                @Content(mediaType = "text/csv", schema = @Schema(type = "string"))
                            }))
    @GetMapping("/export")
    void export(
            @ParameterObject OrderFilter filter,
            @RequestParam(defaultValue = "-placedAt") String sort,
            @RequestParam(defaultValue = "ndjson") String format,
            HttpServletResponse response)
            throws IOException {
        export.write(filter, Sorting.of(sort), OrderExport.Format.of(format), response);
    }

    private static UriComponentsBuilder list(OrderFilter filter, Sorting sorting, int limit) {
        UriComponentsBuilder link = UriComponentsBuilder.fromPath(PATH);
        filter.addTo(link);
        if (sorting != Sorting.NEWEST) {
            link.queryParam("sort", sorting.parameter());
        }
        return link.queryParam("limit", limit);
    }

    private static String link(UriComponentsBuilder list, String side, Cursor place) {
        return list.cloneBuilder().queryParam(side, place).build(true).toUriString();
    }
}
