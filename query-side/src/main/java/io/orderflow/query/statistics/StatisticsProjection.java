package io.orderflow.query.statistics;

import static io.orderflow.query.projection.Columns.numbers;
import static io.orderflow.query.projection.Columns.texts;

import io.orderflow.api.order.OrderEvent;
import io.orderflow.query.projection.Projection;
import io.orderflow.query.projection.ReadModel;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What happened in each hour: tables {@code hourly_figure} and {@code hourly_delivery_time}. An event is counted once:
 * {@code counted_order} has the version of the last one, and is written with the figures.
 */
@Component
@Order(1) // after those that touch rows of single orders: figures are everybody's, and locked from here to the commit
@ProcessingGroup(StatisticsProjection.GROUP)
class StatisticsProjection extends Projection<OrderEvent> {

    static final String GROUP = "statistics";

    private static final String FIND_ORDERS = "SELECT * FROM counted_order WHERE order_id = ANY (?::uuid[])";

    private static final String INSERT_ORDERS = """
            INSERT INTO counted_order (order_id, placed_at, version)
            SELECT * FROM unnest(?::uuid[], ?::timestamptz[], ?::bigint[]) AS r (order_id)
            ORDER BY r.order_id
            """;

    // ANY (ARRAY[...]) can only be looked up, however few rows the table had when this was planned
    private static final String UPDATE_ORDERS = """
            UPDATE counted_order o SET version = r.version
            FROM unnest(?::uuid[], ?::bigint[]) AS r (order_id, version)
            WHERE o.order_id = ANY (ARRAY[r.order_id])
            """;

    private static final String ADD_FIGURES = """
            INSERT INTO hourly_figure AS f (hour, measure, category, number, amount)
            SELECT * FROM unnest(?::timestamptz[], ?::text[], ?::text[], ?::bigint[], ?::bigint[])
                AS r (hour, measure, category)
            ORDER BY r.hour, r.measure, r.category
            ON CONFLICT (hour, measure, category) DO UPDATE SET number = f.number + excluded.number,
                amount = f.amount + excluded.amount
            """;

    private static final String ADD_DELIVERY_TIMES = """
            INSERT INTO hourly_delivery_time AS t (hour, bucket, number)
            SELECT * FROM unnest(?::timestamptz[], ?::integer[], ?::bigint[]) AS r (hour, bucket)
            ORDER BY r.hour, r.bucket
            ON CONFLICT (hour, bucket) DO UPDATE SET number = t.number + excluded.number
            """;

    private final JdbcClient jdbc;

    StatisticsProjection(JdbcClient jdbc) {
        super(ReadModel.STATISTICS);
        this.jdbc = jdbc;
    }

    @Override
    protected boolean caresFor(Class<?> event) {
        return Tally.counts(event);
    }

    @EventHandler
    void on(OrderEvent event, DomainEventMessage<OrderEvent> message) {
        collect(message);
    }

    @Override
    protected void write(List<DomainEventMessage<OrderEvent>> events) {
        Tally tally = new Tally(find(events));
        events.forEach(tally::add);
        insertOrders(tally.addedOrders());
        updateOrders(tally.changedOrders());
        addFigures(tally.figures());
        addDeliveryTimes(tally.deliveryTimes());
    }

    // without a lock: one transaction at a time counts events of an order
    private Map<String, CountedOrder> find(List<DomainEventMessage<OrderEvent>> events) {
        Map<String, CountedOrder> known = new HashMap<>();
        jdbc.sql(FIND_ORDERS)
                .param(texts(events, DomainEventMessage::getAggregateIdentifier))
                .query(StatisticsProjection::read)
                .list()
                .forEach(order -> known.put(order.orderId(), order));
        return known;
    }

    private static CountedOrder read(ResultSet row, int number) throws SQLException {
        return new CountedOrder(
                row.getString("order_id"),
                row.getObject("placed_at", OffsetDateTime.class).toInstant(),
                row.getLong("version"));
    }

    private void insertOrders(Collection<CountedOrder> orders) {
        if (!orders.isEmpty()) {
            jdbc.sql(INSERT_ORDERS)
                    .param(texts(orders, CountedOrder::orderId))
                    .param(texts(orders, CountedOrder::placedAt))
                    .param(numbers(orders, CountedOrder::version))
                    .update();
        }
    }

    private void updateOrders(Collection<CountedOrder> orders) {
        if (!orders.isEmpty()) {
            int updated = jdbc.sql(UPDATE_ORDERS)
                    .param(texts(orders, CountedOrder::orderId))
                    .param(numbers(orders, CountedOrder::version))
                    .update();
            if (updated != orders.size()) {
                throw new IllegalStateException(
                        "%d rows of orders were found, and %d updated".formatted(orders.size(), updated));
            }
        }
    }

    private void addFigures(Collection<Tally.Figure> figures) {
        if (!figures.isEmpty()) {
            jdbc.sql(ADD_FIGURES)
                    .param(texts(figures, Tally.Figure::hour))
                    .param(texts(figures, Tally.Figure::measure))
                    .param(texts(figures, Tally.Figure::category))
                    .param(numbers(figures, Tally.Figure::number))
                    .param(numbers(figures, Tally.Figure::amount))
                    .update();
        }
    }

    private void addDeliveryTimes(Collection<Tally.DeliveryTime> times) {
        if (!times.isEmpty()) {
            jdbc.sql(ADD_DELIVERY_TIMES)
                    .param(texts(times, Tally.DeliveryTime::hour))
                    .param(numbers(times, Tally.DeliveryTime::bucket))
                    .param(numbers(times, Tally.DeliveryTime::number))
                    .update();
        }
    }
}
