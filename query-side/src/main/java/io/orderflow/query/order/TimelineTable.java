package io.orderflow.query.order;

import static io.orderflow.query.projection.Columns.numbers;
import static io.orderflow.query.projection.Columns.textIds;
import static io.orderflow.query.projection.Columns.texts;
import static io.orderflow.query.projection.Columns.times;

import io.orderflow.api.order.OrderEvent;
import io.orderflow.messaging.serialization.ContractSerializer;
import io.orderflow.query.projection.InconsistentHistoryException;
import io.orderflow.query.projection.Writes;
import java.util.List;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.serialization.SerializedObject;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The whole story of each order: table {@code order_timeline}. An event that is new to the contract is in it by itself. */
@Component
class TimelineTable {

    private static final String INSERT = """
            INSERT INTO order_timeline (order_id, version, event_id, type, revision, at, data, actor, correlation_id,
                causation_id)
            SELECT * FROM unnest(?::uuid[], ?::bigint[], ?::uuid[], ?::text[], ?::text[], ?::timestamptz[], ?::json[],
                ?::text[], ?::text[], ?::text[]) AS r (order_id, version)
            ORDER BY r.order_id, r.version
            """;

    private static final String STORED = "SELECT event_id FROM order_timeline WHERE order_id = ?::uuid AND version = ?";

    private final JdbcClient jdbc;
    private final ContractSerializer serializer;

    TimelineTable(JdbcClient jdbc, ContractSerializer serializer) {
        this.jdbc = jdbc;
        this.serializer = serializer;
    }

    void insert(List<DomainEventMessage<OrderEvent>> events, Writes writes) {
        // the JSON that was published, upcast at most: not what this release's classes make of it
        List<SerializedObject<String>> payloads = events.stream()
                .map(event -> event.serializePayload(serializer, String.class))
                .toList();
        writes.add(
                INSERT,
                textIds(events, DomainEventMessage::getAggregateIdentifier),
                numbers(events, DomainEventMessage::getSequenceNumber),
                textIds(events, DomainEventMessage::getIdentifier),
                texts(payloads, payload -> payload.getType().getName()),
                texts(payloads, payload -> payload.getType().getRevision()),
                times(events, DomainEventMessage::getTimestamp),
                texts(payloads, SerializedObject::getData),
                texts(events, event -> event.getMetaData().get("actor")),
                texts(events, event -> event.getMetaData().get("correlationId")),
                texts(events, event -> event.getMetaData().get("causationId")));
    }

    /**
     * A repeat must be one: another event of the same version means that the store's past was changed. Repeats are rare, since
     * positions pass over them: while a generation is filled, and the table has no key yet, each looks through all of it.
     */
    void requireSame(DomainEventMessage<OrderEvent> repeat) {
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
