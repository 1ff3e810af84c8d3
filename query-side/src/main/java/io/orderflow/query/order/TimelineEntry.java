package io.orderflow.query.order;

import io.orderflow.api.order.OrderEvent;
import io.orderflow.messaging.serialization.StoredPayloads;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.UUID;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SimpleSerializedObject;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** One thing that happened to an order, to be read only: projections write its table. */
@Entity
@Immutable
@IdClass(TimelineEntry.Key.class)
@Table(name = "order_timeline")
@SuppressWarnings("NullAway.Init") // Hibernate fills it
class TimelineEntry {

    @Id
    UUID orderId;

    @Id
    long version;

    UUID eventId;
    String type;
    String revision;

    @Column(name = "at")
    Instant at;

    @JdbcTypeCode(SqlTypes.JSON)
    String data;

    @Nullable String actor;

    @Nullable String correlationId;

    @Nullable String causationId;

    /** The event as it was published, read by this release. */
    DomainEventMessage<OrderEvent> event(StoredPayloads payloads) {
        OrderEvent payload = payloads.read(new SimpleSerializedObject<>(data, String.class, type, revision));
        return new GenericDomainEventMessage<>(
                "Order",
                orderId.toString(),
                version,
                new GenericMessage<>(eventId.toString(), payload, MetaData.emptyInstance()),
                () -> at);
    }

    /** Names an entry. */
    record Key(UUID orderId, long version) implements Serializable {}
}
