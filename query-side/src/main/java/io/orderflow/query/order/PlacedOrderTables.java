package io.orderflow.query.order;

import static io.orderflow.query.projection.Columns.texts;

import io.orderflow.api.inventory.Sku;
import io.orderflow.api.order.OrderEvent.OrderPlaced;
import io.orderflow.api.order.OrderLine;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What finds an order and never changes: tables {@code order_product} and {@code order_search}. */
@Component
class PlacedOrderTables {

    private static final String INSERT_PRODUCTS = """
            INSERT INTO order_product (sku, placed_at, order_id)
            SELECT * FROM unnest(?::text[], ?::timestamptz[], ?::uuid[]) AS r (sku, placed_at, order_id)
            ORDER BY r.sku, r.placed_at, r.order_id
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
        insertProducts(placed.stream().flatMap(OrderedProduct::of).toList());
        insertWords(placed);
    }

    private record OrderedProduct(Sku sku, Placed in) {

        static Stream<OrderedProduct> of(Placed placed) {
            return placed.order().lines().stream()
                    .map(OrderLine::sku)
                    .distinct()
                    .map(sku -> new OrderedProduct(sku, placed));
        }
    }

    private void insertProducts(List<OrderedProduct> products) {
        jdbc.sql(INSERT_PRODUCTS)
                .param(texts(products, OrderedProduct::sku))
                .param(texts(products, product -> product.in().at()))
                .param(texts(products, product -> product.in().order().orderId()))
                .update();
    }

    private void insertWords(List<Placed> placed) {
        jdbc.sql(INSERT_WORDS)
                .param(texts(placed, each -> each.order().orderId()))
                .param(texts(placed, each -> SearchWords.of(each.order())))
                .update();
    }
}
