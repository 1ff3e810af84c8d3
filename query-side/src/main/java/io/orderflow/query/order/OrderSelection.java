package io.orderflow.query.order;

import io.orderflow.api.order.OrderStatus;
import io.orderflow.query.order.SearchWords.Typed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A filter as SQL. A page is a walk along one index in the order of the list (ADR-0020): that of the product when one is
 * asked for, that of the status, else one of {@code order_summary}; several statuses are several walks that are merged.
 */
final class OrderSelection {

    /** As many orders with some words as are worth sorting. */
    private static final int MOST_FOUND = 5_000;

    // aliases of what has the order of a list: order_summary, order_product, order_in_status
    private static final String ORDERS = "o";
    private static final String OF_PRODUCT = "p";
    private static final String IN_STATUS = "t";

    private static final String WITH_STATUS = "order_in_status t JOIN order_summary o ON o.order_id = t.order_id";

    private static final String PLACED_FROM = "placedFrom";
    private static final String PLACED_TO = "placedTo";

    private final List<String> joins = new ArrayList<>();
    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> parameters = new HashMap<>();
    private final Set<OrderStatus> statuses;
    private final Sorting sorting;
    private final String walked;
    private final String words;

    /** @throws IllegalArgumentException when the filter has a value that is none */
    OrderSelection(OrderFilter filter, Sorting sorting) {
        this.sorting = sorting;
        this.statuses = filter.statuses();
        this.walked = walked(filter, sorting);
        if (!sorting.isByTime() && filter.currency() == null) {
            throw new IllegalArgumentException("sorting by total needs a 'currency'");
        }
        if (filter.product() != null) {
            joins.add("JOIN order_product p ON p.order_id = o.order_id AND p.sku = :sku");
            parameters.put("sku", filter.product().value());
        }
        if (filter.customer() != null) {
            parameters.put("customerId", filter.customer().value());
        }
        this.words = words(filter.words());
        restrict("o.currency =", "currency", filter.currencyOfTotal() == null ? null : filter.currency());
        restrict("o.total_amount >=", "minTotal", filter.smallestTotal());
        restrict("o.total_amount <=", "maxTotal", filter.largestTotal());
        put(PLACED_FROM, filter.from());
        put(PLACED_TO, filter.to());
    }

    private static String walked(OrderFilter filter, Sorting sorting) {
        if (!sorting.isByTime()) {
            return ORDERS;
        }
        if (filter.sku() != null) {
            return OF_PRODUCT;
        }
        return filter.customer() == null && !filter.statuses().isEmpty() ? IN_STATUS : ORDERS;
    }

    /** What {@code order_search} must say; nothing when no words are asked for. */
    private String words(List<Typed> typed) {
        String sure = typed.stream()
                .filter(word -> !word.mayBeginAnId())
                .map(Typed::query)
                .collect(Collectors.joining(" & "));
        List<String> all = new ArrayList<>();
        if (!sure.isEmpty()) {
            all.add("s.words @@ CAST(:words AS tsquery)");
            put("words", sure);
        }
        for (Typed word : typed) {
            if (word.mayBeginAnId()) {
                String name = "word" + all.size();
                all.add("(s.words @@ CAST(:%1$s AS tsquery) OR s.order_id BETWEEN :%1$sFirst AND :%1$sLast)"
                        .formatted(name));
                put(name, word.query());
                put(name + "First", word.firstId());
                put(name + "Last", word.lastId());
            }
        }
        return String.join(" AND ", all);
    }

    private void restrict(String comparison, String name, @Nullable Object value) {
        if (value != null) {
            conditions.add(comparison + " :" + name);
            put(name, value);
        }
    }

    private void put(String name, @Nullable Object value) {
        if (value != null) {
            parameters.put(name, value);
        }
    }

    private List<String> restrictedInTime(String table) {
        List<String> times = new ArrayList<>();
        if (parameters.containsKey(PLACED_FROM)) {
            times.add(table + ".placed_at >= :" + PLACED_FROM);
        }
        if (parameters.containsKey(PLACED_TO)) {
            times.add(table + ".placed_at < :" + PLACED_TO);
        }
        return times;
    }

    /** SQL and its named parameters. */
    record Statement(String sql, Map<String, Object> parameters) {}

    /**
     * At most {@code limit} orders behind {@code after}, as {@link OrderRows}. The limit is part of the text: of one that it
     * does not know PostgreSQL expects a share of the table, and would plan each time anew.
     */
    Statement page(@Nullable Cursor after, int limit) {
        Map<String, Object> values = new HashMap<>(parameters);
        if (after != null) {
            putPlace(after, values);
        }
        List<String> walks = new ArrayList<>();
        for (OrderStatus status : statuses) {
            values.put(status.name(), status.name());
            walks.add("(" + walk(status, after != null, limit) + ")");
        }
        return new Statement(
                switch (walks.size()) {
                    case 0 -> walk(null, after != null, limit);
                    case 1 -> walks.getFirst();
                    default -> "SELECT * FROM (" + String.join(" UNION ALL ", walks) + ") o" + ordered(ORDERS, limit);
                },
                values);
    }

    /** A column that must have one value. */
    private record Equal(String column, String parameter) {}

    private String walk(@Nullable OrderStatus status, boolean isBehind, int limit) {
        boolean alongTime = sorting.isByTime() && !walked.equals(OF_PRODUCT);
        List<String> where = new ArrayList<>(conditions);
        where.addAll(restrictedInTime(walked));
        List<Equal> equal = new ArrayList<>();
        if (parameters.containsKey("customerId")) {
            equal.add(new Equal("o.customer_id", "customerId"));
        }
        if (status != null) {
            equal.add(new Equal((walked.equals(IN_STATUS) ? IN_STATUS : ORDERS) + ".status", status.name()));
        }
        Equal within = alongTime && !equal.isEmpty() ? equal.removeFirst() : null;
        equal.forEach(each -> where.add(each.column() + " = :" + each.parameter()));
        if (parameters.containsKey("sku") && !walked.equals(OF_PRODUCT)) {
            // the key of a product's orders; in a count it would have PostgreSQL expect far too few
            where.add("p.placed_at = o.placed_at");
        }
        if (within != null) {
            return walkWithin(within, where, isBehind, limit);
        }
        if (isBehind) {
            where.add(behind(walked));
        }
        return "SELECT " + OrderRows.COLUMNS + from(where) + ordered(walked, limit);
    }

    /**
     * Along the index that begins with the column, where it has that value. Said as a range, and sorted by: for an equal
     * value PostgreSQL may walk along all orders by time instead, and past a million when none of the last ones has it.
     */
    private String walkWithin(Equal within, List<String> where, boolean isBehind, int limit) {
        where.add("%1$s >= :%2$s AND %1$s <= :%2$s".formatted(within.column(), within.parameter()));
        if (isBehind) {
            where.add("(%1$s, %2$s.placed_at, %2$s.order_id) %3$s (:%4$s, :key, :orderId)"
                    .formatted(within.column(), walked, sorting.behind(), within.parameter()));
        }
        return "SELECT " + OrderRows.COLUMNS + from(where)
                + " ORDER BY %1$s %3$s, %2$s.placed_at %3$s, %2$s.order_id %3$s LIMIT %4$d"
                        .formatted(within.column(), walked, sorting.direction(), limit);
    }

    /**
     * The same page by way of the orders with the words that are asked for, sorted when they are found. PostgreSQL takes any
     * beginning of a word for frequent; it would walk along the list to find some soon, and past a million orders when there
     * are none. Rows are those of {@link OrderRows}, and behind them an empty one for each order that has the words but does
     * not match otherwise; each tells how many orders match and how many have the words. Beyond {@link #areTooMany} all are
     * empty, and {@link #page} meets enough of them soon.
     */
    Statement pageOfFound(@Nullable Cursor after, int limit) {
        Map<String, Object> values = new HashMap<>(parameters);
        if (after != null) {
            putPlace(after, values);
        }
        List<String> where = restricted(ORDERS);
        where.add("o.order_id = f.order_id");
        // to have no order is cheap: there is none without an id
        String sql = """
                SELECT o.* FROM (
                    SELECT %s, count(o.order_id) OVER () AS matching, f.found
                    FROM (
                        SELECT CASE WHEN count(*) OVER () <= %d THEN order_id END AS order_id, count(*) OVER () AS found
                        FROM (SELECT order_id FROM order_search s WHERE %s LIMIT %d) s
                    ) f LEFT JOIN %s ON %s
                ) o%s ORDER BY o.%s %s NULLS LAST, o.order_id %s LIMIT %d
                """.formatted(
                        OrderRows.COLUMNS,
                        MOST_FOUND,
                        words,
                        MOST_FOUND + 1,
                        joins.isEmpty() ? "order_summary o" : "(order_summary o" + joined() + ")",
                        String.join(" AND ", where),
                        after == null ? "" : " WHERE o.order_id IS NULL OR " + behind(ORDERS),
                        sorting.column(),
                        sorting.direction(),
                        sorting.direction(),
                        limit);
        return new Statement(sql, values);
    }

    static boolean areTooMany(long found) {
        return found > MOST_FOUND;
    }

    private String behind(String table) {
        return "(%1$s.%2$s, %1$s.order_id) %3$s (:key, :orderId)".formatted(table, sorting.column(), sorting.behind());
    }

    private static void putPlace(Cursor after, Map<String, Object> values) {
        values.put("key", after.keyValue());
        values.put("orderId", after.orderId());
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
        boolean byStatus =
                !statuses.isEmpty() && !parameters.containsKey("customerId") && !parameters.containsKey("sku");
        if (!byStatus) {
            return from("order_summary o", restricted(ORDERS));
        }
        boolean byNothingElse = conditions.isEmpty() && words.isEmpty();
        return byNothingElse
                ? " FROM order_in_status t" + restriction(restricted(IN_STATUS))
                : from(WITH_STATUS, restricted(IN_STATUS));
    }

    /** @param table whose status and time are asked for; its alias */
    private List<String> restricted(String table) {
        List<String> where = new ArrayList<>(conditions);
        where.addAll(restrictedInTime(walked.equals(OF_PRODUCT) ? OF_PRODUCT : table));
        if (parameters.containsKey("customerId")) {
            where.add("o.customer_id = :customerId");
        }
        if (!statuses.isEmpty()) {
            // names of an enum: nothing to quote
            where.add(statuses.stream()
                    .map(status -> "'" + status + "'")
                    .collect(Collectors.joining(", ", table + ".status IN (", ")")));
        }
        return where;
    }

    private String from(List<String> where) {
        return from(walked.equals(IN_STATUS) ? WITH_STATUS : "order_summary o", where);
    }

    private String from(String orders, List<String> where) {
        String found = words.isEmpty() ? "" : " JOIN order_search s ON s.order_id = o.order_id AND " + words;
        return " FROM " + orders + found + restriction(where);
    }

    private String joined() {
        return joins.stream().map(join -> " " + join).collect(Collectors.joining());
    }

    private String restriction(List<String> where) {
        return joined() + (where.isEmpty() ? "" : where.stream().collect(Collectors.joining(" AND ", " WHERE ", "")));
    }
}
