package io.orderflow.query.order;

import io.orderflow.api.order.OrderId;
import io.orderflow.messaging.serialization.StoredPayloads;
import io.orderflow.query.projection.ArrivedVersions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongPredicate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What can be asked of one order. */
@Component
class OrderQueries {

    private final Orders orders;
    private final Timeline timeline;
    private final StoredPayloads payloads;
    private final ArrivedVersions arrived;

    OrderQueries(Orders orders, Timeline timeline, StoredPayloads payloads, ArrivedVersions arrived) {
        this.orders = orders;
        this.timeline = timeline;
        this.payloads = payloads;
        this.arrived = arrived;
    }

    /** Whether the view has the order at {@code version} or later, within {@code limit}. Holds no connection while it waits. */
    boolean awaitVersion(OrderId orderId, long version, Duration limit) {
        return await(orderId, limit, visible -> visible >= version);
    }

    private boolean await(OrderId orderId, Duration limit, LongPredicate enough) {
        return arrived.await(orderId.toString(), limit, () -> {
            OptionalLong version = findVersion(orderId);
            return version.isPresent() && enough.test(version.getAsLong());
        });
    }

    /** Version of the last event of an order that is in the view. */
    OptionalLong findVersion(OrderId orderId) {
        return orders.findVersion(orderId.value()).map(OptionalLong::of).orElseGet(OptionalLong::empty);
    }

    /** One statement, so no transaction: its end would be a trip to the database of its own. */
    Optional<OrderView> find(OrderId orderId) {
        return orders.findByOrderId(orderId.value()).map(OrderView::of);
    }

    /** The order as it was; empty when it had not been placed by then, or is unknown. */
    @Transactional(readOnly = true)
    Optional<OrderView> findAsOf(OrderId orderId, Moment moment) {
        return findStory(orderId).flatMap(story -> stateOf(story, moment));
    }

    Optional<OrderView> stateOf(Story story, Moment moment) {
        return story.asOf(moment, payloads);
    }

    @Transactional(readOnly = true)
    Optional<Story> findStory(OrderId orderId) {
        List<TimelineEntry> entries = timeline.findByOrderIdOrderByVersion(orderId.value());
        return entries.isEmpty() ? Optional.empty() : Optional.of(new Story(orderId.value(), entries));
    }

    /** What happened to an order after {@code version}. */
    @Transactional(readOnly = true)
    List<TimelineEntry> findEntriesAfter(OrderId orderId, long version) {
        return timeline.findByOrderIdAndVersionGreaterThanOrderByVersion(orderId.value(), version);
    }
}
