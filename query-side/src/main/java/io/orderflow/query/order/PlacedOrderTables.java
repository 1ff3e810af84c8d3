package io.orderflow.query.order;

import static io.orderflow.query.projection.Columns.ids;
import static io.orderflow.query.projection.Columns.texts;
import static io.orderflow.query.projection.Columns.times;

import io.orderflow.api.inventory.Sku;
import io.orderflow.api.order.OrderEvent.OrderPlaced;
import io.orderflow.api.order.OrderLine;
import io.orderflow.query.projection.Writes;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** What finds an order and never changes: tables {@code order_product} and {@code order_search}. */
final class PlacedOrderTables {

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

    private PlacedOrderTables() {}

    record Placed(OrderPlaced order, Instant at) {}

    static void insert(List<Placed> placed, Writes writes) {
        insertProducts(placed.stream().flatMap(OrderedProduct::of).toList(), writes);
        insertWords(placed, writes);
    }

    private record OrderedProduct(Sku sku, Placed in) {

        static Stream<OrderedProduct> of(Placed placed) {
            return placed.order().lines().stream()
                    .map(OrderLine::sku)
                    .distinct()
                    .map(sku -> new OrderedProduct(sku, placed));
        }
    }

    private static void insertProducts(List<OrderedProduct> products, Writes writes) {
        writes.add(
                INSERT_PRODUCTS,
                texts(products, OrderedProduct::sku),
                times(products, product -> product.in().at()),
                ids(products, product -> product.in().order().orderId().value()));
    }

    private static void insertWords(List<Placed> placed, Writes writes) {
        writes.add(
                INSERT_WORDS,
                ids(placed, each -> each.order().orderId().value()),
                texts(placed, each -> SearchWords.of(each.order())));
    }
}
