package io.orderflow.query.order;

import io.orderflow.api.order.OrderId;
import io.orderflow.messaging.pulse.Beat;
import io.orderflow.messaging.reading.InfrastructureException;
import io.orderflow.query.projection.AppliedOrders;
import io.orderflow.query.projection.Published;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Waits for what a client has been told of, and tells what comes late from what does not exist: an order is unknown when
 * the relay, after the question, had published every event that was stored, and every published one is applied.
 */
@Component
class Arrivals {

    private static final Logger log = LoggerFactory.getLogger(Arrivals.class);

    /** Within this an event usually arrives, and nobody needs to be asked how the relay is. */
    private static final Duration USUAL = Duration.ofMillis(500);

    private final OrderQueries queries;
    private final Published published;
    private final AppliedOrders applied;

    Arrivals(OrderQueries queries, Published published, AppliedOrders applied) {
        this.queries = queries;
        this.published = published;
        this.applied = applied;
    }

    /** What became of the waiting. */
    enum Arrival {
        ARRIVED,
        NOT_YET,
        UNKNOWN
    }

    /** Returns as soon as the order is there at {@code version} or later, at the latest after {@code limit}. */
    Arrival await(OrderId order, long version, Duration limit) {
        if (queries.awaitVersion(order, version, limit.compareTo(USUAL) < 0 ? limit : USUAL)) {
            return Arrival.ARRIVED;
        }
        if (limit.compareTo(USUAL) <= 0) {
            return Arrival.NOT_YET;
        }
        try {
            Beat seen = published.lastBeat();
            if (queries.awaitVersion(order, version, limit.minus(USUAL))) {
                return Arrival.ARRIVED;
            }
            return isUnknown(order, seen) ? Arrival.UNKNOWN : Arrival.NOT_YET;
        } catch (InfrastructureException e) {
            log.info("{}", e.getMessage());
            return Arrival.NOT_YET;
        }
    }

    private boolean isUnknown(OrderId order, @Nullable Beat seen) {
        Beat last = published.lastBeat();
        return last != null
                && last.beganAfter(seen)
                && applied.isAll()
                && queries.findVersion(order).isEmpty(); // looked for last: it may have been applied meanwhile
    }
}
