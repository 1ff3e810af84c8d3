package io.orderflow.query.order;

import java.util.List;
import java.util.UUID;
import org.springframework.data.repository.Repository;

/** The histories of orders, for reading. */
interface Timeline extends Repository<TimelineEntry, TimelineEntry.Key> {

    List<TimelineEntry> findByOrderIdOrderByVersion(UUID orderId);

    List<TimelineEntry> findByOrderIdAndVersionGreaterThanOrderByVersion(UUID orderId, long version);
}
