package io.orderflow.command.order;

import io.orderflow.api.order.CancelledBy;
import io.orderflow.api.order.Note;
import io.orderflow.api.order.OrderCommand.CancelOrder;
import io.orderflow.api.order.OrderId;
import io.orderflow.command.config.Caller;
import io.orderflow.command.config.IdempotencyKey;
import io.orderflow.command.config.InvalidRequest;
import io.orderflow.command.dispatch.ExpectedVersions;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.axonframework.common.IdentifierFactory;
import org.axonframework.messaging.MetaData;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Orders, from outside. */
@RestController
@Tag(name = "Orders")
@RequestMapping("/api/orders")
class OrderController {

    private static final Pattern VERSION = Pattern.compile("\"(\\d{1,18})\"");

    private final Orders orders;

    OrderController(Orders orders) {
        this.orders = orders;
    }

    /** Answers 201 when the order is on disk. With the same key and body, the same answer again. */
    @PostMapping
    ResponseEntity<PlacedOrder> place(
            @RequestBody @Valid PlaceOrderRequest request,
            @RequestHeader(name = IdempotencyKey.HEADER, required = false) @Nullable String key,
            HttpServletRequest http) {
        Caller caller = Caller.of(http);
        OrderId id = idOf(request, IdempotencyKey.checked(key), caller);
        PlacedOrder placed = orders.place(id, request, caller.metaData());
        return ResponseEntity.created(URI.create("/api/orders/" + id))
                .eTag("\"0\"")
                .body(placed);
    }

    private static OrderId idOf(PlaceOrderRequest request, @Nullable String key, Caller caller) {
        if (request.orderId() != null) {
            return request.orderId();
        }
        return key == null
                ? OrderId.of(IdentifierFactory.getInstance().generateIdentifier())
                : OrderId.of(caller.subject(), key);
    }

    /**
     * Why an order is called off.
     *
     * @param by CUSTOMER when absent
     */
    record Cancellation(@Nullable Note note, @Nullable CancelledBy by) {}

    /** Calls an order off; again changes nothing. Refused with 409 once it is shipped. */
    @PostMapping("/{id}/cancel")
    ResponseEntity<OrderState> cancel(
            @PathVariable OrderId id,
            @RequestBody(required = false) @Nullable Cancellation cancellation,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            HttpServletRequest http) {
        Cancellation why = cancellation == null ? new Cancellation(null, null) : cancellation;
        CancelOrder command = new CancelOrder(id, why.by() == null ? CancelledBy.CUSTOMER : why.by(), why.note());
        OrderState state = orders.cancel(command, expecting(Caller.of(http).metaData(), ifMatch));
        return ResponseEntity.ok().eTag("\"" + state.version() + "\"").body(state);
    }

    private static MetaData expecting(MetaData metaData, @Nullable String ifMatch) {
        if (ifMatch == null || ifMatch.equals("*")) {
            return metaData;
        }
        Matcher version = VERSION.matcher(ifMatch.strip());
        if (!version.matches()) {
            throw new InvalidRequest("invalid", "If-Match must be a version as the ETag told it, such as \"3\"");
        }
        return metaData.and(ExpectedVersions.EXPECTED_VERSION, version.group(1));
    }
}
