package io.orderflow.query.order;

import io.orderflow.api.order.OrderLine;
import io.orderflow.api.payment.Amount;
import java.util.List;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The lines of an order as the outside reads them, in JSON. They are frozen when the order is placed, so that this is made
 * once, stored beside the order, and sent as it is.
 */
final class OrderLines {

    private static final JsonMapper JSON = new JsonMapper();
    private static final TypeReference<List<Line>> LINES = new TypeReference<>() {};

    private OrderLines() {}

    /** A line, at the price of then. */
    record Line(int number, String sku, String name, int quantity, Amount unitPrice, Amount amount, boolean stocked) {

        private static Line of(OrderLine line) {
            return new Line(
                    line.number(),
                    line.sku().value(),
                    line.name().value(),
                    line.quantity().value(),
                    Amount.of(line.unitPrice()),
                    Amount.of(line.amount()),
                    line.stocked());
        }
    }

    static String toJson(List<OrderLine> lines) {
        return JSON.writeValueAsString(lines.stream().map(Line::of).toList());
    }

    static List<Line> parse(String json) {
        return JSON.readValue(json, LINES);
    }
}
