package io.orderflow.query.order;

import static io.orderflow.query.projection.Columns.numbers;
import static io.orderflow.query.projection.Columns.texts;

import io.orderflow.api.order.OrderEvent;
import io.orderflow.messaging.serialization.ContractSerializer;
import io.orderflow.query.projection.InconsistentHistoryException;
import io.orderflow.query.projection.Projection;
import io.orderflow.query.projection.ReadModel;
import io.orderflow.query.projection.Versions;
import io.orderflow.query.projection.Versions.Sorted;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.serialization.SerializedObject;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The whole story of each order: table {@code order_timeline}. An event that is new to the contract is in it by itself. */
@Component
@Order(0)
@ProcessingGroup(OrderTimelineProjection.GROUP)
class OrderTimelineProjection extends Projection<OrderEvent> {

    static final String GROUP = "order-timeline";

    private static final String VERSIONS = """
            SELECT o.id, (SELECT max(t.version) FROM order_timeline t WHERE t.order_id = o.id) AS version
            FROM (SELECT DISTINCT id FROM unnest(?::uuid[]) AS u (id)) o
            """;

    private static final String WRITE = """
            INSERT INTO order_timeline (order_id, version, event_id, type, revision, at, data, actor, correlation_id,
                causation_id)
            SELECT * FROM unnest(?::uuid[], ?::bigint[], ?::uuid[], ?::text[], ?::text[], ?::timestamptz[], ?::jsonb[],
                ?::text[], ?::text[], ?::text[]) AS r (order_id, version)
            ORDER BY r.order_id, r.version
            """;

    private static final String STORED = "SELECT event_id FROM order_timeline WHERE order_id = ?::uuid AND version = ?";

    private final JdbcClient jdbc;
    private final ContractSerializer serializer;

    OrderTimelineProjection(JdbcClient jdbc, ContractSerializer serializer) {
        super(ReadModel.ORDERS);
        this.jdbc = jdbc;
        this.serializer = serializer;
    }

    @EventHandler
    void on(OrderEvent event, DomainEventMessage<OrderEvent> message) {
        collect(message);
    }

    @Override
    protected void write(List<DomainEventMessage<OrderEvent>> events) {
        Sorted<OrderEvent> sorted = versions(events).sort(events);
        if (!sorted.fresh().isEmpty()) {
            insert(sorted.fresh());
        }
        sorted.repeats().forEach(this::requireSame);
    }

    private Versions versions(List<DomainEventMessage<OrderEvent>> events) {
        Map<String, Long> known = new HashMap<>();
        jdbc.sql(VERSIONS)
                .param(texts(events, DomainEventMessage::getAggregateIdentifier))
                .query(row -> {
                    long version = row.getLong("version");
                    if (!row.wasNull()) {
                        known.put(row.getString("id"), version);
                    }
                });
        return new Versions(known);
    }

    private void insert(List<DomainEventMessage<OrderEvent>> events) {
        // the JSON that was published, upcast at most: not what this release's classes make of it
        List<SerializedObject<String>> payloads = events.stream()
                .map(event -> event.serializePayload(serializer, String.class))
                .toList();
        jdbc.sql(WRITE)
                .param(texts(events, DomainEventMessage::getAggregateIdentifier))
                .param(numbers(events, DomainEventMessage::getSequenceNumber))
                .param(texts(events, DomainEventMessage::getIdentifier))
                .param(texts(payloads, payload -> payload.getType().getName()))
                .param(texts(payloads, payload -> payload.getType().getRevision()))
                .param(texts(events, DomainEventMessage::getTimestamp))
                .param(texts(payloads, SerializedObject::getData))
                .param(texts(events, event -> event.getMetaData().get("actor")))
                .param(texts(events, event -> event.getMetaData().get("correlationId")))
                .param(texts(events, event -> event.getMetaData().get("causationId")))
                .update();
    }

    /** A repeat is rare, and must be one: another event of the same version means that the store's past was changed. */
    private void requireSame(DomainEventMessage<OrderEvent> repeat) {
        String stored = jdbc.sql(STORED)
                .param(repeat.getAggregateIdentifier())
                .param(repeat.getSequenceNumber())
                .query(String.class)
                .single();
        if (!stored.equals(repeat.getIdentifier())) {
            throw new InconsistentHistoryException(repeat, "contradicts event " + stored + " of the same version");
        }
    }
}
