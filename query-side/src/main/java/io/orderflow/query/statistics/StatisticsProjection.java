package io.orderflow.query.statistics;

import static io.orderflow.query.projection.Columns.numbers;
import static io.orderflow.query.projection.Columns.textIds;
import static io.orderflow.query.projection.Columns.texts;
import static io.orderflow.query.projection.Columns.times;

import io.orderflow.api.order.OrderEvent;
import io.orderflow.query.projection.Projection;
import io.orderflow.query.projection.ReadModel;
import io.orderflow.query.projection.Writes;
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
import org.springframework.jdbc.core.JdbcOperations;
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
    private final JdbcOperations operations;

    StatisticsProjection(JdbcClient jdbc, JdbcOperations operations) {
        super(ReadModel.STATISTICS);
        this.jdbc = jdbc;
        this.operations = operations;
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
        Writes writes = new Writes();
        insertOrders(tally.addedOrders(), writes);
        updateOrders(tally.changedOrders(), writes);
        addFigures(tally.figures(), writes);
        addDeliveryTimes(tally.deliveryTimes(), writes);
        writes.execute(operations);
    }

    // without a lock: one transaction at a time counts events of an order
    private Map<String, CountedOrder> find(List<DomainEventMessage<OrderEvent>> events) {
        Map<String, CountedOrder> known = new HashMap<>();
        jdbc.sql(FIND_ORDERS)
                .param(textIds(events, DomainEventMessage::getAggregateIdentifier))
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

    private static void insertOrders(Collection<CountedOrder> orders, Writes writes) {
        if (!orders.isEmpty()) {
            writes.add(
                    INSERT_ORDERS,
                    textIds(orders, CountedOrder::orderId),
                    times(orders, CountedOrder::placedAt),
                    numbers(orders, CountedOrder::version));
        }
    }

    private static void updateOrders(Collection<CountedOrder> orders, Writes writes) {
        if (!orders.isEmpty()) {
            writes.addTouching(
                    orders.size(),
                    UPDATE_ORDERS,
                    textIds(orders, CountedOrder::orderId),
                    numbers(orders, CountedOrder::version));
        }
    }

    private static void addFigures(Collection<Tally.Figure> figures, Writes writes) {
        if (!figures.isEmpty()) {
            writes.add(
                    ADD_FIGURES,
                    times(figures, Tally.Figure::hour),
                    texts(figures, Tally.Figure::measure),
                    texts(figures, Tally.Figure::category),
                    numbers(figures, Tally.Figure::number),
                    numbers(figures, Tally.Figure::amount));
        }
    }

    private static void addDeliveryTimes(Collection<Tally.DeliveryTime> times, Writes writes) {
        if (!times.isEmpty()) {
            writes.add(
                    ADD_DELIVERY_TIMES,
                    times(times, Tally.DeliveryTime::hour),
                    numbers(times, Tally.DeliveryTime::bucket),
                    numbers(times, Tally.DeliveryTime::number));
        }
    }
}
