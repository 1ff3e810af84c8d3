package io.orderflow.saga.fulfilment;

import io.orderflow.api.order.OrderId;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The way back when Kafka has lost its data. Events are published again from the store; commands that stood on their topic
 * and were not executed are nowhere. So every fulfilment that may have sent one asks again.
 */
final class LostCommands {

    private static final Logger log = LoggerFactory.getLogger(LostCommands.class);
    private static final int AT_ONCE = 200;
    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private static final String NEXT = "SELECT order_id FROM fulfilment WHERE order_id > ?"
            + " AND (finished_at IS NULL OR updated_at >= ?) ORDER BY order_id LIMIT " + AT_ONCE;

    private final JdbcOperations jdbc;
    private final FulfilmentEvents events;
    private final TransactionOperations transactions;

    LostCommands(JdbcOperations jdbc, FulfilmentEvents events, TransactionOperations transactions) {
        this.jdbc = jdbc;
        this.events = events;
        this.transactions = transactions;
    }

    /**
     * Has every order asked for again that is not finished, or was not at {@code since}.
     *
     * @return how many
     */
    int askAgain(Instant since) {
        int asked = 0;
        UUID last = BEFORE_ALL;
        List<UUID> next = next(last, since);
        while (!next.isEmpty()) {
            List<EventMessage<?>> lost = next.stream()
                    .<EventMessage<?>>map(id -> GenericEventMessage.asEventMessage(new CommandsLost(new OrderId(id))))
                    .toList();
            transactions.executeWithoutResult(status -> events.handle(lost));
            asked += lost.size();
            last = next.getLast();
            next = next(last, since);
        }
        log.warn("{} orders asked again for what may have been lost", asked);
        return asked;
    }

    private List<UUID> next(UUID last, Instant since) {
        return jdbc.queryForList(NEXT, UUID.class, last, OffsetDateTime.ofInstant(since, ZoneOffset.UTC));
    }
}
