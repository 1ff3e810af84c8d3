package io.orderflow.saga.fulfilment;

import io.orderflow.api.order.OrderId;
import io.orderflow.saga.work.WorkItems;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.format.annotation.DurationFormat;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Which orders wait, for what, since when; for operators. */
@RestController
@Tag(name = "Waiting orders")
@RequestMapping("/api/saga/waiting")
final class WaitingOrdersController {

    private static final String WAITING = """
            SELECT f.order_id, f.stage, f.updated_at AS since, f.due_at, w.step, COALESCE(w.attempts, 0) AS attempts,
                   w.last_error
            FROM fulfilment f
            LEFT JOIN LATERAL (SELECT step, attempts, last_error FROM work_item i
                               WHERE i.order_id = f.order_id ORDER BY i.id LIMIT 1) w ON true
            WHERE f.finished_at IS NULL AND f.updated_at <= clock_timestamp() - make_interval(secs => ?)
            ORDER BY f.updated_at LIMIT ?""";

    private final JdbcClient jdbc;
    private final WorkItems items;
    private final LostCommands lostCommands;

    WaitingOrdersController(JdbcClient jdbc, WorkItems items, LostCommands lostCommands) {
        this.jdbc = jdbc;
        this.items = items;
        this.lostCommands = lostCommands;
    }

    /** The longest waiting first. */
    @GetMapping
    List<WaitingOrder> list(
            @RequestParam(defaultValue = "0s") @DurationFormat(style = DurationFormat.Style.SIMPLE) Duration olderThan,
            @RequestParam(defaultValue = "100") int limit) {
        return jdbc.sql(WAITING)
                .param(olderThan.toMillis() / 1000.0)
                .param(Math.clamp(limit, 1, 1000))
                .query(WaitingOrder.class)
                .list();
    }

    /**
     * Has all orders ask again for what Kafka may have lost.
     *
     * @param since a moment before the loss; orders finished earlier have got all they asked for
     */
    @PostMapping("/ask-again")
    Map<String, Integer> askAgain(@RequestParam Instant since) {
        return Map.of("asked", lostCommands.askAgain(since));
    }

    /** Tries at once what an order waits for, instead of at the end of its backoff. */
    @PostMapping("/{orderId}/retry")
    Map<String, Integer> retry(@PathVariable String orderId) {
        return Map.of("retried", items.hurry(OrderId.of(orderId)));
    }
}
