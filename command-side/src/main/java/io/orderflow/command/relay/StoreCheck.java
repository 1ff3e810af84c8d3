package io.orderflow.command.relay;

import io.orderflow.messaging.cloudevents.PublishedEvent;
import io.orderflow.messaging.config.KafkaClients;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that the store has what was published from it. One that was restored to an earlier moment has not: what it
 * would store now took the numbers of what readers have applied long since, and they would drop it as repeats. Such a
 * store is held, on all nodes, until somebody has brought back what it lacks.
 */
final class StoreCheck {

    private static final Logger log = LoggerFactory.getLogger(StoreCheck.class);

    private final List<String> topics;
    private final KafkaClients clients;

    StoreCheck(List<String> topics, KafkaClients clients) {
        this.topics = topics;
        this.clients = clients;
    }

    /**
     * @param limit in which Kafka must answer
     * @throws StoreHeld when the store lacks something, or was held already
     */
    void check(RelaySession session, Duration limit) throws SQLException {
        for (PublishedEvent event : LastPublished.of(topics, clients, limit)) {
            if (!session.has(event)) {
                session.holdWithout(
                        event,
                        "it does not have event " + event.id() + ", index " + event.index() + " of epoch "
                                + event.epoch() + ", which stands on " + event.place());
            }
        }
        String held = session.heldBecause();
        if (held != null) {
            log.error(
                    "The event store is held: {}. Nothing is stored or published until what it lacks is brought back:"
                            + " see docs/runbooks/store-restored.md",
                    held);
            throw new StoreHeld(held);
        }
    }

    /** Nothing can be published from this store, nor stored in it, until an operator has acted. */
    static final class StoreHeld extends RuntimeException {
        private static final long serialVersionUID = 1L;

        StoreHeld(String reason) {
            super("the event store is held: " + reason);
        }
    }
}
