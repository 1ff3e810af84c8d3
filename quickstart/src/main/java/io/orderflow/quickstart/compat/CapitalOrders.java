package io.orderflow.quickstart.compat;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.orderflow.quickstart.compat.CanonicalOrders.Placed;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /Orders}: one product, and what all of it costs together. */
@RestController
class CapitalOrders {

    private final CanonicalOrders orders;

    CapitalOrders(CanonicalOrders orders) {
        this.orders = orders;
    }

    record Added(String message, @JsonProperty("order_id") String orderId) {}

    @PostMapping("/Orders")
    Added add(@RequestBody(required = false) @Nullable String text) {
        Body body = Body.parse(text);
        Placed placed = orders.place(new CanonicalOrder(
                null,
                body.id("user_id"),
                null,
                CanonicalOrder.linesOfTotal(
                        body.id("product_id"), body.quantity("quantity"), body.amount("total_price"))));
        return new Added("Order added successfully", placed.orderId());
    }

    /** Here a row that cannot be added is a bad request, whatever the reason. */
    @ExceptionHandler
    ResponseEntity<String> refused(Refused e) {
        return e.passOn(e.status().is4xxClientError() ? HttpStatus.BAD_REQUEST : e.status());
    }
}
