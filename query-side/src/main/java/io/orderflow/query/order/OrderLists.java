package io.orderflow.query.order;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.orderflow.query.order.OrderList.Count;
import io.orderflow.query.order.OrderSelection.Found;
import io.orderflow.query.order.OrderSelection.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Lists of orders: pages, and how many there are. */
@Component
class OrderLists {

    /** An estimate is a plan, which takes as long to make as a page; PostgreSQL looks at its tables less often than this. */
    private static final Duration ESTIMATE_KEPT = Duration.ofSeconds(10);

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
     * @param prev the place before them; null when there are none
     * @param next the place behind them; null when there are no more
     */
    record Page(
            List<OrderView> orders,
            @Nullable Cursor prev,
            @Nullable Cursor next) {

        private static Page of(List<OrderSummary> shown, Sorting sorting, boolean before, boolean behind) {
            return new Page(
                    shown.stream().map(OrderView::of).toList(),
                    before && !shown.isEmpty() ? Cursor.at(shown.getFirst(), sorting) : null,
                    behind && !shown.isEmpty() ? Cursor.at(shown.getLast(), sorting) : null);
        }
    }

    /** At most {@code limit} orders behind {@code after}. */
    Page page(OrderFilter filter, Sorting sorting, int limit, @Nullable Cursor after) {
        List<OrderSummary> found = find(filter, sorting, limit + 1, after);
        boolean more = found.size() > limit;
        return Page.of(more ? found.subList(0, limit) : found, sorting, after != null, more);
    }

    /** The {@code limit} orders next before {@code before}: the same walk from the other end. */
    Page pageBefore(OrderFilter filter, Sorting sorting, int limit, Cursor before) {
        List<OrderSummary> found = find(filter, sorting.reversed(), limit + 1, before);
        boolean more = found.size() > limit;
        return Page.of((more ? found.subList(0, limit) : found).reversed(), sorting, more, true);
    }

    private List<OrderSummary> find(OrderFilter filter, Sorting sorting, int limit, @Nullable Cursor behind) {
        return turns.take(() -> {
            Statement statement = selection(filter, sorting).page(behind, limit);
            return jdbc.sql(statement.sql())
                    .params(statement.parameters())
                    .query(OrderRows::read)
                    .list();
        });
    }

    private OrderSelection selection(OrderFilter filter, Sorting sorting) {
        return new OrderSelection(filter, sorting, filter.words() == null ? null : found(filter.words()));
    }

    private Found found(String words) {
        Statement statement = Found.of(words);
        return new Found(jdbc.sql(statement.sql())
                .params(statement.parameters())
                .query(UUID.class)
                .list());
    }

    /** How many orders there are. The estimate is what PostgreSQL's statistics make expect, and costs next to nothing. */
    Count count(OrderFilter filter, Sorting sorting, boolean exact) {
        return exact
                ? counted(selection(filter, sorting).count())
                : estimates.get(
                        new Asked(filter, sorting),
                        asked -> estimated(selection(filter, sorting).estimate()));
    }

    private record Asked(OrderFilter filter, Sorting sorting) {}

    private Count counted(Statement count) {
        return new Count(single(count, Long.class), true);
    }

    private Count estimated(Statement estimate) {
        JsonNode plan = json.readTree(single(estimate, String.class));
        return new Count(plan.at("/0/Plan/Plan Rows").asLong(), false);
    }

    private <T> T single(Statement statement, Class<T> type) {
        return jdbc.sql(statement.sql())
                .params(statement.parameters())
                .query(type)
                .single();
    }
}
