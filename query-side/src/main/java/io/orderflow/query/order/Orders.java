package io.orderflow.query.order;

import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** The orders, for reading. */
interface Orders extends Repository<OrderSummary, UUID> {

    Optional<OrderSummary> findByOrderId(UUID orderId);

    @Query("select o.version from OrderSummary o where o.orderId = :orderId")
    Optional<Long> findVersion(UUID orderId);
}
