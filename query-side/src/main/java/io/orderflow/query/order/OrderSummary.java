package io.orderflow.query.order;

import io.orderflow.api.order.OrderStatus;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** An order as it is now, to be read only: projections write its table. */
@Entity
@Immutable
@Table(name = "order_summary")
@SuppressWarnings("NullAway.Init") // Hibernate fills it, for lists OrderRows
class OrderSummary {

    @Id
    UUID orderId;

    String customerId;

    @Nullable String email;

    @Nullable String phone;

    @Enumerated(EnumType.STRING)
    OrderStatus status;

    @Nullable String reason;

    @Nullable String detail;

    /** {@link OrderLines}. */
    @JdbcTypeCode(SqlTypes.JSON)
    String lines;

    long totalAmount;
    String currency;

    @Enumerated(EnumType.STRING)
    PaymentState payment;

    @Nullable String trackingNumber;

    long version;
    Instant placedAt;
    Instant updatedAt;
}
