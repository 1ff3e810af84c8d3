package io.orderflow.quickstart.compat;

import io.orderflow.api.order.OrderId;
import io.orderflow.quickstart.compat.CanonicalOrder.Line;
import io.orderflow.quickstart.compat.CanonicalOrders.Placed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code POST /order}: two systems have it; one orders items by their names, the other sends an id and a total. */
@RestController
class SingularOrder {

    /** Orders of the system that has ids of its own are named by this and that id. */
    private static final String OWN_IDS = "order";

    private final CanonicalOrders orders;

    SingularOrder(CanonicalOrders orders) {
        this.orders = orders;
    }

    @PostMapping("/order")
    ResponseEntity<Object> order(@RequestBody(required = false) @Nullable String text) {
        Body body = Body.parse(text);
        return body.has("items")
                ? ResponseEntity.status(HttpStatus.CREATED).body(orderItems(body))
                : ResponseEntity.accepted().body(orderTotal(body));
    }

    record Ordered(String orderId) {}

    private Ordered orderItems(Body body) {
        Map<String, Integer> items = new LinkedHashMap<>();
        for (JsonNode item : body.get("items")) {
            if (!item.isString()) {
                throw new BadBody("items must be names");
            }
            items.merge(item.asString(), 1, Integer::sum);
        }
        List<Line> lines = items.entrySet().stream()
                .map(item -> new Line(item.getKey(), item.getValue(), null, null))
                .toList();
        Placed placed = orders.place(new CanonicalOrder(null, body.id("userId"), null, lines));
        return new Ordered(placed.orderId());
    }

    record Accepted(String message, String id, String orderId) {}

    private Accepted orderTotal(Body body) {
        String id = body.id("id");
        Line line = new Line("order-total", 1, body.amount("total"), "Order total");
        Placed placed = orders.place(new CanonicalOrder(idOf(id), body.id("user_id"), null, List.of(line)));
        return new Accepted("Order " + id + " received", id, placed.orderId());
    }

    private static String idOf(String ownId) {
        return OrderId.of(OWN_IDS, ownId).toString();
    }

    record Status(String orderId, String status) {}

    /** Takes our ids, and those of the system that has its own. */
    @GetMapping("/order/status")
    Status status(@RequestParam String orderId) {
        return orders.findStatus(isOurs(orderId) ? orderId : idOf(orderId))
                .map(status -> new Status(orderId, status))
                .orElseThrow(() -> new ErrorResponseException(HttpStatus.NOT_FOUND));
    }

    private static boolean isOurs(String orderId) {
        try {
            return OrderId.of(orderId).toString().equalsIgnoreCase(orderId);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
