package io.orderflow.query.order;

import io.orderflow.api.order.OrderStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A filter as SQL. A page is a walk along one index in the order of the list (ADR-0020): that of the product when one is
 * asked for, else one of {@code order_summary}; several statuses are several walks that are merged.
 */
final class OrderSelection {

    private final List<String> joins = new ArrayList<>();
    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> parameters = new HashMap<>();
    private final Set<OrderStatus> statuses;
    private final Sorting sorting;
    private final String walked;

    /**
     * @param found orders with the words of the filter; null when they were not looked for
     * @throws IllegalArgumentException when the filter has a value that is none
     */
    OrderSelection(OrderFilter filter, Sorting sorting, @Nullable Found found) {
        this.sorting = sorting;
        this.statuses = filter.statuses();
        this.walked = filter.sku() != null && sorting.isByTime() ? "p" : "o";
        if (!sorting.isByTime() && filter.currency() == null) {
            throw new IllegalArgumentException("sorting by total needs a 'currency'");
        }
        if (filter.product() != null) {
            joins.add("JOIN order_product p ON p.order_id = o.order_id AND p.sku = :sku");
            parameters.put("sku", filter.product().value());
        }
        if (found != null && found.areAll()) {
            conditions.add("o.order_id = ANY (CAST(:found AS uuid[]))");
            parameters.put(
                    "found", found.orderIds().stream().map(UUID::toString).toArray(String[]::new));
        } else if (filter.words() != null) {
            joins.add("JOIN order_search s ON s.order_id = o.order_id AND s.words @@ CAST(:words AS tsquery)");
            parameters.put("words", filter.words());
        }
        restrict(
                "o.customer_id =",
                "customerId",
                filter.customer() == null ? null : filter.customer().value());
        restrict("o.currency =", "currency", filter.currencyOfTotal() == null ? null : filter.currency());
        restrict("o.total_amount >=", "minTotal", filter.smallestTotal());
        restrict("o.total_amount <=", "maxTotal", filter.largestTotal());
        restrict(timeColumn() + " >=", "placedFrom", filter.from());
        restrict(timeColumn() + " <", "placedTo", filter.to());
    }

    /**
     * Orders with some words, as many as are worth sorting. PostgreSQL takes any beginning of a word for frequent, walks along
     * the list to find some soon, and past a million orders when there are none; so they are looked for first.
     */
    record Found(List<UUID> orderIds) {

        private static final int MOST = 5_000;

        static Statement of(String words) {
            return new Statement(
                    "SELECT order_id FROM order_search WHERE words @@ CAST(:words AS tsquery) LIMIT " + (MOST + 1),
                    Map.of("words", words));
        }

        /** Otherwise there are so many that a walk meets enough of them soon. */
        boolean areAll() {
            return orderIds.size() <= MOST;
        }
    }

    private String timeColumn() {
        return (sorting.isByTime() ? walked : "o") + ".placed_at";
    }

    private void restrict(String comparison, String name, @Nullable Object value) {
        if (value != null) {
            conditions.add(comparison + " :" + name);
            parameters.put(name, value);
        }
    }

    /** SQL and its named parameters. */
    record Statement(String sql, Map<String, Object> parameters) {}

    /**
     * At most {@code limit} orders behind {@code after}, as {@link OrderRows}. The limit is part of the text: of one that it
     * does not know PostgreSQL expects a share of the table, and would plan each time anew.
     */
    Statement page(@Nullable Cursor after, int limit) {
        Map<String, Object> values = new HashMap<>(parameters);
        List<String> place = new ArrayList<>(conditions);
        if (parameters.containsKey("sku") && walked.equals("o")) {
            // the key of a product's orders; in a count it would have PostgreSQL expect far too few
            place.add("p.placed_at = o.placed_at");
        }
        if (after != null) {
            place.add("(%1$s.%2$s, %1$s.order_id) %3$s (:key, :orderId)"
                    .formatted(walked, sorting.column(), sorting.behind()));
            values.put("key", after.keyValue());
            values.put("orderId", after.orderId());
        }
        if (statuses.isEmpty()) {
            return new Statement(walk(place, limit), values);
        }
        List<String> walks = new ArrayList<>();
        for (OrderStatus status : statuses) {
            List<String> inStatus = new ArrayList<>(place);
            inStatus.add("o.status = :" + status);
            values.put(status.name(), status.name());
            walks.add("(" + walk(inStatus, limit) + ")");
        }
        return new Statement(
                walks.size() == 1
                        ? walks.getFirst()
                        : "SELECT * FROM (" + String.join(" UNION ALL ", walks) + ") o" + ordered("o", limit),
                values);
    }

    private String walk(List<String> where, int limit) {
        return "SELECT " + OrderRows.COLUMNS + from(where) + ordered(walked, limit);
    }

    private String ordered(String table, int limit) {
        return " ORDER BY %1$s.%2$s %3$s, %1$s.order_id %3$s LIMIT %4$d"
                .formatted(table, sorting.column(), sorting.direction(), limit);
    }

    /** How many orders there are, counted one by one. */
    Statement count() {
        return new Statement("SELECT count(*)" + matching(), parameters);
    }

    /** How many orders PostgreSQL expects there to be: a plan with the figure, in JSON. */
    Statement estimate() {
        return new Statement("EXPLAIN (FORMAT JSON) SELECT 1" + matching(), parameters);
    }

    private String matching() {
        List<String> where = new ArrayList<>(conditions);
        if (!statuses.isEmpty()) {
            // names of an enum: nothing to quote
            where.add(statuses.stream()
                    .map(status -> "'" + status + "'")
                    .collect(Collectors.joining(", ", "o.status IN (", ")")));
        }
        return from(where);
    }

    private String from(List<String> where) {
        return " FROM order_summary o"
                + joins.stream().map(join -> " " + join).collect(Collectors.joining())
                + (where.isEmpty() ? "" : where.stream().collect(Collectors.joining(" AND ", " WHERE ", "")));
    }
}
