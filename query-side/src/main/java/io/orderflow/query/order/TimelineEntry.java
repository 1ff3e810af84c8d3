package io.orderflow.query.order;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.UUID;
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

    @Column(name = "at")
    Instant at;

    @JdbcTypeCode(SqlTypes.JSON)
    String data;

    @Nullable String actor;

    /** Names an entry. */
    record Key(UUID orderId, long version) implements Serializable {}
}
