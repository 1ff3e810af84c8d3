package io.orderflow.query.order;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.orderflow.query.order.OrderList.Count;
import io.orderflow.query.order.OrderSelection.Statement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Lists of orders: pages, and how many there are. */
@Component
class OrderLists {

    /** An estimate is a plan, which takes as long to make as a page; PostgreSQL looks at its tables once a minute at most. */
    private static final Duration ESTIMATE_KEPT = Duration.ofMinutes(1);

    private static final int MOST_ESTIMATES = 10_000;

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Turns turns;
    private final Cache<Asked, Count> estimates = Caffeine.newBuilder()
            .expireAfterWrite(ESTIMATE_KEPT)
            .maximumSize(MOST_ESTIMATES)
            .build();

    OrderLists(JdbcClient jdbc, JsonMapper json, Turns turns) {
        this.turns = turns;
        this.jdbc = jdbc;
        this.json = json;
    }

    /**
     * Some orders of a list, in its order.
     *
     * @param count how many there are in all, when that was found on the way
     * @param prev the place before them; null when there are none
     * @param next the place behind them; null when there are no more
     */
    record Page(
            List<OrderView> orders,
            @Nullable Count count,
            @Nullable Cursor prev,
            @Nullable Cursor next) {

        private static Page of(Found found, List<OrderSummary> shown, Sorting sorting, boolean before, boolean behind) {
            return new Page(
                    shown.stream().map(OrderView::of).toList(),
                    before || behind ? found.count() : new Count(shown.size(), true),
                    before && !shown.isEmpty() ? Cursor.at(shown.getFirst(), sorting) : null,
                    behind && !shown.isEmpty() ? Cursor.at(shown.getLast(), sorting) : null);
        }
    }

    /** @param count of all that match, wherever they stand; null when nobody has counted */
    private record Found(
            List<OrderSummary> orders, @Nullable Count count) {}

    /** At most {@code limit} orders behind {@code after}. */
    Page page(OrderFilter filter, Sorting sorting, int limit, @Nullable Cursor after) {
        Found found = find(filter, sorting, limit + 1, after);
        List<OrderSummary> orders = found.orders();
        boolean more = orders.size() > limit;
        return Page.of(found, more ? orders.subList(0, limit) : orders, sorting, after != null, more);
    }

    /** The {@code limit} orders next before {@code before}: the same walk from the other end. */
    Page pageBefore(OrderFilter filter, Sorting sorting, int limit, Cursor before) {
        Found found = find(filter, sorting.reversed(), limit + 1, before);
        List<OrderSummary> orders = found.orders();
        boolean more = orders.size() > limit;
        return Page.of(found, (more ? orders.subList(0, limit) : orders).reversed(), sorting, more, true);
    }

    private Found find(OrderFilter filter, Sorting sorting, int limit, @Nullable Cursor behind) {
        OrderSelection selection = new OrderSelection(filter, sorting);
        return turns.take(() -> filter.words().isEmpty()
                ? walk(selection, limit, behind)
                : findByWords(selection, limit, behind).orElseGet(() -> walk(selection, limit, behind)));
    }

    private Found walk(OrderSelection selection, int limit, @Nullable Cursor behind) {
        return new Found(
                of(selection.page(behind, limit)).query(OrderRows::read).list(), null);
    }

    /** Empty when there are too many to sort. */
    private Optional<Found> findByWords(OrderSelection selection, int limit, @Nullable Cursor behind) {
        return of(selection.pageOfFound(behind, limit)).query(OrderLists::found);
    }

    private static Optional<Found> found(ResultSet rows) throws SQLException {
        List<OrderSummary> orders = new ArrayList<>();
        Count count = null;
        while (rows.next()) {
            if (OrderSelection.areTooMany(rows.getLong("found"))) {
                return Optional.empty();
            }
            count = new Count(rows.getLong("matching"), true);
            if (rows.getString("order_id") != null) { // or it only has the words
                orders.add(OrderRows.read(rows, orders.size()));
            }
        }
        return Optional.of(new Found(orders, count));
    }

    private JdbcClient.StatementSpec of(Statement statement) {
        return jdbc.sql(statement.sql()).params(statement.parameters());
    }

    /** How many orders there are. The estimate is what PostgreSQL's statistics make expect, and costs next to nothing. */
    Count count(OrderFilter filter, Sorting sorting, boolean exact) {
        return exact
                ? counted(new OrderSelection(filter, sorting).count())
                : estimates.get(
                        new Asked(filter, sorting), asked -> estimated(new OrderSelection(filter, sorting).estimate()));
    }

    private record Asked(OrderFilter filter, Sorting sorting) {}

    private Count counted(Statement count) {
        return new Count(of(count).query(Long.class).single(), true);
    }

    private Count estimated(Statement estimate) {
        JsonNode plan = json.readTree(of(estimate).query(String.class).single());
        return new Count(plan.at("/0/Plan/Plan Rows").asLong(), false);
    }
}
