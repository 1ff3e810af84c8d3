package io.orderflow.query.order;

import io.orderflow.api.order.OrderStatus;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
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

    long totalAmount;
    String currency;

    @Enumerated(EnumType.STRING)
    PaymentState payment;

    @Nullable String trackingNumber;

    long version;
    Instant placedAt;
    Instant updatedAt;

    @ElementCollection
    @CollectionTable(name = "order_line", joinColumns = @JoinColumn(name = "order_id"))
    @OrderBy("number")
    List<SummaryLine> lines;
}
