package io.orderflow.query.order;

import io.orderflow.api.order.OrderId;
import io.orderflow.api.order.OrderStatus;
import io.orderflow.query.projection.ArrivedVersions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Window;
import org.springframework.data.jpa.domain.Specification;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What can be asked of orders. */
@Component
class OrderQueries {

    private final Orders orders;
    private final Timeline timeline;
    private final ArrivedVersions arrived;

    OrderQueries(Orders orders, Timeline timeline, ArrivedVersions arrived) {
        this.orders = orders;
        this.timeline = timeline;
        this.arrived = arrived;
    }

    /** Whether the view has the order at {@code version} or later, within {@code limit}. Holds no connection while it waits. */
    boolean awaitVersion(OrderId orderId, long version, Duration limit) {
        return arrived.await(
                orderId.toString(),
                limit,
                () -> orders.findVersion(orderId.value()).orElse(-1L) >= version);
    }

    @Transactional(readOnly = true)
    Optional<OrderView> find(OrderId orderId) {
        return orders.findByOrderId(orderId.value()).map(OrderView::of);
    }

    @Transactional(readOnly = true)
    Optional<HistoryView> findHistory(OrderId orderId) {
        List<TimelineEntry> entries = timeline.findByOrderIdOrderByVersion(orderId.value());
        return entries.isEmpty() ? Optional.empty() : Optional.of(HistoryView.of(orderId.value(), entries));
    }

    /**
     * A page of orders, the newest first.
     *
     * @param next where the page after it starts; null on the last
     */
    record Page(List<OrderView> orders, @Nullable Cursor next) {}

    @Transactional(readOnly = true)
    Page findNewest(@Nullable String customerId, @Nullable OrderStatus status, int limit, @Nullable Cursor after) {
        ScrollPosition start = after == null ? ScrollPosition.keyset() : after.position();
        Window<OrderSummary> window = orders.findBy(
                where("customerId", customerId).and(where("status", status)),
                query -> query.sortBy(Cursor.NEWEST_FIRST).limit(limit).scroll(start));
        List<OrderSummary> content = window.getContent();
        return new Page(
                content.stream().map(OrderView::of).toList(),
                window.hasNext() ? Cursor.behind(content.getLast()) : null);
    }

    private static Specification<OrderSummary> where(String attribute, @Nullable Object value) {
        return value == null
                ? Specification.unrestricted()
                : (order, query, criteria) -> criteria.equal(order.get(attribute), value);
    }
}
