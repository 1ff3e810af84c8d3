package io.orderflow.query.order;

import static io.orderflow.query.projection.Columns.flags;
import static io.orderflow.query.projection.Columns.numbers;
import static io.orderflow.query.projection.Columns.texts;

import io.orderflow.api.inventory.Sku;
import io.orderflow.api.order.OrderEvent.OrderPlaced;
import io.orderflow.api.order.OrderId;
import io.orderflow.api.order.OrderLine;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What of an order never changes: tables {@code order_line} and {@code order_search}. */
@Component
class PlacedOrderTables {

    private static final String INSERT_LINES = """
            INSERT INTO order_line (order_id, number, sku, name, quantity, unit_amount, currency, stocked, first_of_sku,
                placed_at)
            SELECT * FROM unnest(?::uuid[], ?::integer[], ?::text[], ?::text[], ?::integer[], ?::bigint[], ?::text[],
                ?::boolean[], ?::boolean[], ?::timestamptz[]) AS r (order_id, number)
            ORDER BY r.order_id, r.number
            """;

    private static final String INSERT_WORDS = """
            INSERT INTO order_search (order_id, words)
            SELECT r.order_id, r.words::tsvector FROM unnest(?::uuid[], ?::text[]) AS r (order_id, words)
            ORDER BY r.order_id
            """;

    private final JdbcClient jdbc;

    PlacedOrderTables(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    record Placed(OrderPlaced order, Instant at) {}

    void insert(List<Placed> placed) {
        insertLines(placed.stream().flatMap(Line::of).toList());
        insertWords(placed);
    }

    /** A line; {@code firstOfSku} unless a line before it has the same product. */
    private record Line(OrderId orderId, OrderLine line, boolean firstOfSku, Instant placedAt) {

        static Stream<Line> of(Placed placed) {
            Set<Sku> known = new HashSet<>();
            OrderPlaced order = placed.order();
            return order.lines().stream()
                    .map(line -> new Line(order.orderId(), line, known.add(line.sku()), placed.at()));
        }
    }

    private void insertLines(List<Line> lines) {
        jdbc.sql(INSERT_LINES)
                .param(texts(lines, Line::orderId))
                .param(numbers(lines, line -> line.line().number()))
                .param(texts(lines, line -> line.line().sku()))
                .param(texts(lines, line -> line.line().name()))
                .param(numbers(lines, line -> line.line().quantity().value()))
                .param(numbers(lines, line -> line.line().unitPrice().amount()))
                .param(texts(lines, line -> line.line().unitPrice().currency()))
                .param(flags(lines, line -> line.line().stocked()))
                .param(flags(lines, Line::firstOfSku))
                .param(texts(lines, Line::placedAt))
                .update();
    }

    private void insertWords(List<Placed> placed) {
        jdbc.sql(INSERT_WORDS)
                .param(texts(placed, each -> each.order().orderId()))
                .param(texts(placed, each -> SearchWords.of(each.order())))
                .update();
    }
}
