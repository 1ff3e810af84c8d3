package io.orderflow.query.order;

import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An order as a line of CSV (RFC 4180, with line feeds). */
final class CsvLine {

    static final String HEADER = "orderId,customerId,email,phone,status,reason,detail,total,currency,payment,"
            + "trackingNumber,lines,version,placedAt,updatedAt\n";

    private CsvLine() {}

    static String of(OrderView order) {
        return Stream.of(
                        order.orderId(),
                        text(order.customerId()),
                        text(order.email()),
                        order.phone(),
                        order.status(),
                        order.reason(),
                        text(order.detail()),
                        order.total().amount(),
                        order.total().currency(),
                        order.payment(),
                        order.trackingNumber(),
                        lines(order.lines()),
                        order.version(),
                        order.placedAt(),
                        order.updatedAt())
                .map(CsvLine::cell)
                .collect(Collectors.joining(","));
    }

    private static String lines(String json) {
        return OrderLines.parse(json).stream()
                .map(line -> line.quantity() + " x " + line.sku())
                .collect(Collectors.joining("; "));
    }

    /** A text that people chose. Spreadsheets run what begins like a formula. */
    private static String text(@Nullable String chosen) {
        return chosen == null || chosen.isEmpty() || "=+-@\t\r".indexOf(chosen.charAt(0)) < 0
                ? Objects.toString(chosen, "")
                : "'" + chosen;
    }

    private static String cell(@Nullable Object value) {
        String text = Objects.toString(value, "");
        boolean quoted = text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return quoted ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
