package io.orderflow.query.order;

import io.orderflow.api.order.OrderEvent;
import io.orderflow.api.order.OrderEvent.OrderPlaced;
import io.orderflow.query.order.PlacedOrderTables.Placed;
import io.orderflow.query.projection.Projection;
import io.orderflow.query.projection.ReadModel;
import io.orderflow.query.projection.Versions;
import io.orderflow.query.projection.Versions.Sorted;
import io.orderflow.query.projection.Writes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.stereotype.Component;

/**
 * Orders: as they are, their whole stories, what finds them, and what changed.
 *
 * <p>Rows are read without a lock: one transaction at a time writes an order. Whoever applies records has locked the
 * position of their partition, whoever tries parked ones again their sequence, and an order is in one partition.
 */
@Component
@ProcessingGroup(OrderProjection.GROUP)
class OrderProjection extends Projection<OrderEvent> {

    static final String GROUP = "orders";

    private final SummaryTable summaries;
    private final TimelineTable timeline;
    private final ChangeFeed feed;
    private final JdbcOperations jdbc;

    OrderProjection(SummaryTable summaries, TimelineTable timeline, ChangeFeed feed, JdbcOperations jdbc) {
        super(ReadModel.ORDERS);
        this.summaries = summaries;
        this.timeline = timeline;
        this.feed = feed;
        this.jdbc = jdbc;
    }

    @EventHandler
    void on(OrderEvent event, DomainEventMessage<OrderEvent> message) {
        collect(message);
    }

    @Override
    protected void write(List<DomainEventMessage<OrderEvent>> events) {
        Map<String, SummaryRow> rows = summaries.find(
                events.stream().map(DomainEventMessage::getAggregateIdentifier).collect(Collectors.toSet()));
        Sorted<OrderEvent> sorted = versions(rows).sort(events);
        if (!sorted.fresh().isEmpty()) {
            Writes writes = new Writes();
            timeline.insert(sorted.fresh(), writes);
            apply(sorted.fresh(), rows, writes);
            writes.execute(jdbc);
        }
        sorted.repeats().forEach(timeline::requireSame);
    }

    private static Versions versions(Map<String, SummaryRow> rows) {
        return new Versions(rows.values().stream().collect(Collectors.toMap(row -> row.orderId, row -> row.version)));
    }

    private void apply(List<DomainEventMessage<OrderEvent>> events, Map<String, SummaryRow> rows, Writes writes) {
        Set<String> known = Set.copyOf(rows.keySet());
        Map<String, SummaryRow> added = new LinkedHashMap<>();
        Map<String, SummaryRow> changed = new LinkedHashMap<>();
        List<Placed> placed = new ArrayList<>();
        List<Change> changes = new ArrayList<>();
        for (DomainEventMessage<OrderEvent> event : events) {
            String orderId = event.getAggregateIdentifier();
            SummaryRow row = SummaryRow.after(rows.get(orderId), event);
            rows.put(orderId, row);
            (known.contains(orderId) ? changed : added).put(orderId, row);
            changes.add(Change.to(row, event));
            if (event.getPayload() instanceof OrderPlaced order) {
                placed.add(new Placed(order, event.getTimestamp()));
            }
        }
        if (!added.isEmpty()) {
            SummaryTable.insert(added.values(), writes);
            PlacedOrderTables.insert(placed, writes);
        }
        if (!changed.isEmpty()) {
            SummaryTable.update(changed.values(), writes);
        }
        feed.appendIfServing(changes, writes); // last, as the feed is locked from here to the commit
    }
}
