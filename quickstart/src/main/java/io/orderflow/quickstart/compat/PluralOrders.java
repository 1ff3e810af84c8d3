package io.orderflow.quickstart.compat;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.orderflow.quickstart.compat.CanonicalOrder.Line;
import io.orderflow.quickstart.compat.CanonicalOrders.Placed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code POST /orders}: two systems have it; one orders a list of items, the other a single product. */
@RestController
class PluralOrders {

    private final CanonicalOrders orders;

    PluralOrders(CanonicalOrders orders) {
        this.orders = orders;
    }

    @PostMapping("/orders")
    @ResponseStatus(HttpStatus.CREATED)
    Object create(@RequestBody(required = false) @Nullable String text) {
        Body body = Body.parse(text);
        return body.has("items") ? createOfItems(body) : createOfProduct(body);
    }

    record Created(String message, @JsonProperty("order_id") String orderId, String status) {}

    private Created createOfItems(Body body) {
        List<Line> lines = new ArrayList<>();
        for (JsonNode json : body.get("items")) {
            Body item = Body.of(json);
            lines.add(new Line(
                    item.id("product_id"),
                    item.quantity("quantity"),
                    item.amount("price"),
                    item.optionalText("product_name")));
        }
        Placed placed = orders.place(new CanonicalOrder(null, body.id("user_id"), body.optionalText("email"), lines));
        return new Created("Order created successfully", placed.orderId(), "CREATED");
    }

    /** A row as the database mapper of that system shows it. */
    record Row(
            @JsonProperty("ID") String id,
            @JsonProperty("CreatedAt") Instant createdAt,
            @JsonProperty("UpdatedAt") Instant updatedAt,
            @JsonProperty("DeletedAt") @Nullable Instant deletedAt,
            @JsonProperty("user_id") JsonNode userId,
            @JsonProperty("product_id") JsonNode productId,
            int quantity,
            String status) {}

    private Row createOfProduct(Body body) {
        int quantity = body.quantity("quantity");
        Placed placed = orders.place(new CanonicalOrder(
                null, body.id("user_id"), null, List.of(new Line(body.id("product_id"), quantity, null, null))));
        return new Row(
                placed.orderId(),
                placed.at(),
                placed.at(),
                null,
                body.get("user_id"),
                body.get("product_id"),
                quantity,
                "Pending");
    }
}
