package io.orderflow.saga.work;

import io.orderflow.api.order.OrderId;
import io.orderflow.messaging.database.BinaryArray;
import io.orderflow.messaging.serialization.ContractSerializer;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.axonframework.messaging.MetaData;
import org.springframework.jdbc.core.JdbcOperations;
import tools.jackson.databind.json.JsonMapper;

/**
 * The outside effects that are to be carried out. An item is leased, not locked: {@code due_at} moves to the lease's end,
 * {@code fence} counts the leases, and a result counts only under the fence it was leased with. The clock is the
 * database's.
 */
public final class WorkItems {

    // Each look into the table is written so that one index can serve it. Which of several does must not be up to
    // statistics, which find a queue full now and empty then: asked for the lane of an order's items, work_item_due
    // looks through all of the lane, and asked for their ids, the primary key through all that are older. No index
    // is asked for lane || '' and id + 0.

    // what is wanted is leased from its beginning, unless an earlier item of its order and lane is there
    static final String INSERT = """
            INSERT INTO work_item (order_id, lane, step, work, cause, due_at, fence, attempts)
            SELECT r.order_id, r.lane, r.step, r.work, r.cause,
                clock_timestamp() + make_interval(secs => CASE WHEN l.leased THEN ? ELSE 0 END),
                l.leased::integer, l.leased::integer
            FROM unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::boolean[])
                WITH ORDINALITY AS r (order_id, lane, step, work, cause, wanted, number),
            LATERAL (SELECT r.wanted AND NOT EXISTS (SELECT 1 FROM work_item e
                WHERE e.order_id = r.order_id AND e.lane || '' = r.lane) AS leased OFFSET 0) l
            ORDER BY r.number
            RETURNING id, attempts""";

    // an item waits while an earlier one of its order and lane is there: a void waits for its authorization
    //
    // now(), the same for all rows, so that only what is due is looked at: clock_timestamp() is asked for each
    // ARRAY, made once: as a subquery that is joined it may run for each row, and each time skip what the last one took
    // OFFSET 0, which is not joined: of a table taken for empty, the join looks through all of it for each row
    static final String LEASE = """
            UPDATE work_item w
            SET fence = fence + 1, attempts = attempts + 1, due_at = clock_timestamp() + make_interval(secs => ?)
            WHERE w.id = ANY (ARRAY(
                SELECT id FROM work_item c WHERE lane = ? AND due_at <= now()
                AND NOT EXISTS (SELECT 1 FROM work_item e
                                WHERE e.order_id = c.order_id AND e.lane || '' = c.lane AND e.id + 0 < c.id OFFSET 0)
                ORDER BY due_at, id LIMIT ? FOR UPDATE SKIP LOCKED))
            RETURNING w.id, w.fence, w.order_id, w.step, w.work, w.cause, w.attempts, w.lane""";

    // looked up by id, not joined: PostgreSQL, which often finds this table empty, would walk through all of it
    static final String COMPLETE = "DELETE FROM work_item w WHERE w.id = ANY (?)"
            + " AND w.fence = (?::bigint[])[array_position(?::bigint[], w.id)] RETURNING w.id";

    private final JdbcOperations jdbc;
    private final JsonMapper mapper;

    public WorkItems(JdbcOperations jdbc, ContractSerializer serializer) {
        this.jdbc = jdbc;
        this.mapper = serializer.mapper();
    }

    /** An item in the hands of a worker, until its lease ends. */
    record Leased(
            long id,
            long fence,
            OrderId orderId,
            String step,
            String work,
            MetaData cause,
            int attempts,
            String lane) {}

    /** A row as it was stored: leased once, or not yet. */
    private record Stored(long id, int leases) {

        Stored(ResultSet row, int number) throws SQLException {
            this(row.getLong(1), row.getInt(2));
        }

        Stream<Leased> leased(WorkItem item, String work) {
            return leases == 0
                    ? Stream.empty()
                    : Stream.of(new Leased(
                            id, leases, item.orderId(), item.step(), work, item.cause(), leases, item.lane()));
        }
    }

    /**
     * Stores items in the current transaction.
     *
     * @param wanted whether this node carries it out itself, for each; only for the first of an order and lane
     * @param lease of those
     * @return which of those it may carry out once the transaction has committed; the others are behind earlier ones
     */
    List<Leased> add(List<WorkItem> items, List<Boolean> wanted, Duration lease) {
        List<String> works = items.stream()
                .map(item -> mapper.writeValueAsString(item.work()))
                .toList();
        // in the order of the items, in which they are stored
        List<Stored> stored = jdbc.query(
                INSERT,
                Stored::new,
                lease.toMillis() / 1000.0,
                BinaryArray.uuids(items, item -> item.orderId().value()),
                items.stream().map(WorkItem::lane).toArray(String[]::new),
                items.stream().map(WorkItem::step).toArray(String[]::new),
                works.toArray(String[]::new),
                items.stream()
                        .map(item -> mapper.writeValueAsString(item.cause()))
                        .toArray(String[]::new),
                wanted.toArray(Boolean[]::new));
        return IntStream.range(0, items.size())
                .boxed()
                .flatMap(i -> stored.get(i).leased(items.get(i), works.get(i)))
                .toList();
    }

    /** No more than {@code limit}: each takes one of the worker's slots. */
    List<Leased> lease(String lane, Duration lease, int limit) {
        return jdbc.query(LEASE, this::read, lease.toMillis() / 1000.0, lane, limit);
    }

    /** Takes items off that were done under their fence; gives back the ids of those whose lease had not passed on. */
    Set<Long> complete(List<Leased> done) {
        // of an item that two have done, here at once, the last lease
        Map<Long, Long> fences = new HashMap<>();
        done.forEach(item -> fences.merge(item.id(), item.fence(), Math::max));
        Long[] ids = fences.keySet().toArray(Long[]::new);
        return new HashSet<>(
                jdbc.queryForList(COMPLETE, Long.class, ids, fences.values().toArray(Long[]::new), ids));
    }

    /** Has an item tried again later; {@code reason} is for the operator, and null when nothing is wrong. */
    void postpone(Leased item, Duration delay, @org.jspecify.annotations.Nullable String reason) {
        jdbc.update(
                "UPDATE work_item SET due_at = clock_timestamp() + make_interval(secs => ?), last_error = ?"
                        + " WHERE id = ? AND fence = ?",
                delay.toMillis() / 1000.0,
                reason,
                item.id(),
                item.fence());
    }

    /** Has everything that an order waits for tried again now. */
    public int hurry(OrderId orderId) {
        return jdbc.update(
                "UPDATE work_item SET due_at = clock_timestamp() WHERE order_id = ? AND last_error IS NOT NULL",
                orderId.value());
    }

    Object workOf(Lane<?> lane, Leased item) {
        return mapper.readValue(item.work(), lane.typeOf(item.step()));
    }

    private Leased read(ResultSet row, int number) throws SQLException {
        return new Leased(
                row.getLong(1),
                row.getLong(2),
                new OrderId(row.getObject(3, UUID.class)),
                row.getString(4),
                row.getString(5),
                MetaData.from(mapper.readValue(
                        row.getString(6).getBytes(StandardCharsets.UTF_8),
                        mapper.getTypeFactory().constructMapType(java.util.HashMap.class, String.class, String.class))),
                row.getInt(7),
                row.getString(8));
    }
}
