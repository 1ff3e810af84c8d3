package io.orderflow.saga.work;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.orderflow.api.order.OrderId;
import io.orderflow.messaging.serialization.ContractSerializer;
import io.orderflow.saga.work.WorkItems.Leased;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.axonframework.messaging.MetaData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

class WorkItemsIT {

    private static final String LANE = "lane";
    private static final Duration LEASE = Duration.ofSeconds(30);

    private final HikariDataSource database = SagaDatabase.open();
    private final WorkItems items = new WorkItems(new JdbcTemplate(database), new ContractSerializer());

    record Something(int number) {}

    @AfterEach
    void close() {
        database.close();
    }

    private static WorkItem item(OrderId order, int number) {
        return new WorkItem(order, LANE, new Something(number), MetaData.emptyInstance());
    }

    private void add(List<WorkItem> requested) {
        List<Leased> leased = add(requested, false);
        assertThat(leased).isEmpty();
    }

    private List<Leased> add(List<WorkItem> requested, boolean wanted) {
        return items.add(requested, Collections.nCopies(requested.size(), wanted), LEASE);
    }

    @Test
    void whatThisNodeWantsIsLeasedFromItsBeginningAndNobodyElseIsGivenIt() {
        List<Leased> leased =
                add(List.of(item(new OrderId(UUID.randomUUID()), 1), item(new OrderId(UUID.randomUUID()), 2)), true);
        assertThat(leased).hasSize(2);
        assertThat(items.lease(LANE, LEASE, 7)).isEmpty();
        assertThat(items.complete(leased)).hasSize(2);
    }

    @Test
    void eachLeaseIsOfTheItemThatItNames() {
        List<Leased> leased = add(items(1000), true);
        assertThat(new JdbcTemplate(database)
                        .query(
                                "SELECT id, order_id, work FROM work_item",
                                (row, number) -> named(row.getLong(1), row.getString(2), row.getString(3))))
                .containsExactlyInAnyOrderElementsOf(leased.stream()
                        .map(item -> named(item.id(), item.orderId().toString(), item.work()))
                        .toList());
    }

    private static String named(long id, String orderId, String work) {
        return id + " of " + orderId + ": " + work;
    }

    @Test
    void whatIsBehindAnEarlierItemOfItsOrderIsNotLeasedHoweverWanted() {
        OrderId order = new OrderId(UUID.randomUUID());
        List<Leased> first = add(List.of(item(order, 1)), true);
        assertThat(add(List.of(item(order, 2)), true)).isEmpty();
        assertThat(items.lease(LANE, LEASE, 7)).isEmpty();
        assertThat(items.complete(first)).hasSize(1);
        assertThat(items.lease(LANE, LEASE, 7))
                .singleElement()
                .satisfies(second -> assertThat(second.work()).contains("2"));
    }

    @Test
    void whatIsNotDueIsNotLookedAt() throws SQLException {
        assertThat(add(items(1000), true)).hasSize(1000);
        add(items(1));
        assertThat(planOf("EXPLAIN (ANALYZE, COSTS OFF) ", WorkItems.LEASE, WorkItemsIT::ofSeven))
                .contains("work_item_due")
                .doesNotContain("Rows Removed by Filter: 1000");
    }

    @Test
    void whatIsDoneIsLookedUpByItsIdAlsoWhenTheTableIsTakenForEmpty() throws SQLException {
        beTakenForEmpty();
        assertThat(planOf("EXPLAIN (COSTS OFF) ", WorkItems.COMPLETE, complete -> {
                    for (int array = 1; array <= 3; array++) {
                        complete.setArray(
                                array, complete.getConnection().createArrayOf("bigint", new Long[] {1L, 2L, 3L}));
                    }
                }))
                .contains("work_item_pkey")
                .contains("Index Cond: (id = ANY");
    }

    @Test
    void whatAnItemWaitsForIsLookedUpByItsOrderAlsoWhenTheTableIsTakenForEmpty() throws SQLException {
        beTakenForEmpty();
        assertThat(planOf("EXPLAIN (COSTS OFF) ", WorkItems.LEASE, WorkItemsIT::ofSeven))
                .contains("Index Cond: (order_id = c.order_id)")
                .contains("Index Cond: ((lane = 'lane'::text) AND (due_at <= now()))");
        assertThat(planOf("EXPLAIN (COSTS OFF) ", WorkItems.INSERT, WorkItemsIT::ofOneThatIsWanted))
                .contains("Index Cond: (order_id = r.order_id)");
    }

    /** As autovacuum once found it: bloated, with a row or none. The indexes are as good as each other then. */
    @Test
    void noOtherIndexCanServeWhateverStatisticsSay() throws SQLException {
        beTakenForEmpty();
        JdbcTemplate jdbc = new JdbcTemplate(database);
        jdbc.execute("drop index work_item_of_order");
        String lease = planOf("EXPLAIN (COSTS OFF) ", WorkItems.LEASE, WorkItemsIT::ofSeven);
        assertThat(lease)
                .containsPattern("Filter: .*\\(order_id = c\\.order_id\\)")
                .doesNotContain("Index Cond: (id <");
        String insert = planOf("EXPLAIN (COSTS OFF) ", WorkItems.INSERT, WorkItemsIT::ofOneThatIsWanted);
        assertThat(insert).contains("Seq Scan on work_item e").doesNotContain("Index Cond");
    }

    private interface Parameters {
        void setOn(PreparedStatement statement) throws SQLException;
    }

    private static void ofSeven(PreparedStatement lease) throws SQLException {
        lease.setDouble(1, 30);
        lease.setString(2, LANE);
        lease.setInt(3, 7);
    }

    private static void ofOneThatIsWanted(PreparedStatement insert) throws SQLException {
        Connection connection = insert.getConnection();
        insert.setDouble(1, 30);
        insert.setArray(2, connection.createArrayOf("uuid", new UUID[] {UUID.randomUUID()}));
        for (int array = 3; array <= 6; array++) {
            insert.setArray(array, connection.createArrayOf("text", new String[] {LANE}));
        }
        insert.setArray(7, connection.createArrayOf("boolean", new Boolean[] {true}));
    }

    private String planOf(String explain, String sql, Parameters parameters) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement setting = connection.createStatement();
                PreparedStatement explained = connection.prepareStatement(explain + sql)) {
            SagaDatabase.findByKeys(setting);
            parameters.setOn(explained);
            try (ResultSet lines = explained.executeQuery()) {
                return SagaDatabase.plan(lines);
            }
        }
    }

    private void beTakenForEmpty() {
        JdbcTemplate jdbc = new JdbcTemplate(database);
        add(items(1000));
        jdbc.execute("delete from work_item");
        jdbc.execute("vacuum (analyze, truncate off) work_item");
    }

    private static List<WorkItem> items(int count) {
        return Stream.generate(() -> item(new OrderId(UUID.randomUUID()), 1))
                .limit(count)
                .toList();
    }

    @Test
    void theLastLeaseCountsAlsoWhenAnEarlierOneIsReportedBeforeItInTheSameBatch() {
        add(List.of(item(new OrderId(UUID.randomUUID()), 1)));
        List<Leased> expired = items.lease(LANE, Duration.ZERO, 1);
        List<Leased> current = items.lease(LANE, LEASE, 1);
        assertThat(items.complete(List.of(expired.getFirst(), current.getFirst())))
                .hasSize(1);
    }

    @Test
    void aWorkerIsNeverGivenMoreThanItHasSlotsForWhateverPlanPostgresChooses() {
        beTakenForEmpty();
        add(items(100));
        List<Leased> first = items.lease(LANE, LEASE, 7);
        List<Leased> second = items.lease(LANE, LEASE, 7);
        assertThat(first).hasSize(7);
        assertThat(second).hasSize(7);
        Set<OrderId> orders = Stream.concat(first.stream(), second.stream())
                .map(Leased::orderId)
                .collect(Collectors.toSet());
        assertThat(orders).as("leased once").hasSize(14);
    }

    @Test
    void theWorkOfOneOrderIsGivenOutOneAfterTheOther() {
        OrderId order = new OrderId(UUID.randomUUID());
        add(List.of(item(order, 1), item(order, 2)));
        List<Leased> first = items.lease(LANE, LEASE, 7);
        assertThat(first).hasSize(1);
        assertThat(items.lease(LANE, LEASE, 7)).isEmpty();
        assertThat(items.complete(first)).hasSize(1);
        assertThat(items.lease(LANE, LEASE, 7))
                .singleElement()
                .satisfies(second -> assertThat(second.work()).contains("2"));
    }

    @Test
    void aResultCountsUnderTheLastLeaseOnly() {
        add(List.of(item(new OrderId(UUID.randomUUID()), 1)));
        List<Leased> expired = items.lease(LANE, Duration.ZERO, 1);
        List<Leased> current = items.lease(LANE, LEASE, 1);
        assertThat(items.complete(expired)).isEmpty();
        assertThat(items.complete(current)).hasSize(1);
    }
}
