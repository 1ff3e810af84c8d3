package io.orderflow.query.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.query.order.OrderSelection.Statement;
import io.orderflow.servers.TestServers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How PostgreSQL answers each list on generated data: along which index, and how many rows it touches for a page, the
 * first one and one deep inside. Rows touched, unlike times, are the same on every machine.
 */
class QueryPlansIT {

    private static final int ORDERS = Integer.getInteger("orderflow.plans.orders", 200_000);
    private static final int PAGE = 20;

    /** A page may look at some rows that do not match, but not at a share of the table. */
    private static final int MOST_ROWS = 60 * PAGE;

    private static final JsonMapper JSON = new JsonMapper();

    @SuppressWarnings("NullAway.Init")
    private static JdbcClient jdbc;

    @SuppressWarnings("NullAway.Init")
    private static String url;

    @BeforeAll
    static void generate() {
        url = TestServers.newDatabase();
        SingleConnectionDataSource database =
                new SingleConnectionDataSource(url, TestServers.databaseUser(), TestServers.databasePassword(), true);
        for (String model : List.of("orders", "statistics")) {
            Flyway.configure()
                    .dataSource(database)
                    .schemas(model)
                    .locations("classpath:db/projection/" + model)
                    .load()
                    .migrate();
        }
        Flyway.configure()
                .dataSource(database)
                .schemas("query")
                .locations("classpath:db/migration/messaging", "classpath:db/migration/query")
                .load()
                .migrate();
        jdbc = JdbcClient.create(database);
        jdbc.sql("SET search_path = orders, statistics, query").update();
        jdbc.sql("SET enable_seqscan = off").update(); // as the service has it
        // one in a hundred is still open, as in a shop that has been running for a while; none of the last ones is
        // cancelled
        run("""
                INSERT INTO order_summary
                SELECT md5(i::text)::uuid, 'customer-' || i % (:orders / 50), 'eve' || i || '@example.org', NULL,
                    CASE WHEN i % 10 = 5 AND i < :orders / 2 THEN 'CANCELLED' WHEN i % 200 = 0 THEN 'PLACED' WHEN i % 200 = 1 THEN 'CONFIRMED' WHEN i % 10 = 2 THEN 'REJECTED'
                        ELSE 'DELIVERED' END,
                    NULL, NULL, '[]', 100 + (i::bigint * 7919) % 100000, CASE WHEN i % 5 = 0 THEN 'USD' ELSE 'EUR' END,
                    'CAPTURED', NULL, 5, timestamptz '2026-01-01' + i * interval '1 second', now()
                FROM generate_series(1, :orders) i
                """);
        run("""
                INSERT INTO order_product
                SELECT 'sku-' || i % 1000, timestamptz '2026-01-01' + i * interval '1 second', md5(i::text)::uuid
                FROM generate_series(1, :orders) i
                """);
        run("""
                INSERT INTO order_search
                SELECT md5(i::text)::uuid, ('eve' || i || ' product p' || i % 1000)::tsvector
                FROM generate_series(1, :orders) i
                """);
        run("""
                INSERT INTO order_timeline
                SELECT md5(i::text)::uuid, v, md5(v || 'e' || i)::uuid, 'OrderConfirmed', '1', now(), '{}', NULL, NULL, NULL
                FROM generate_series(1, :orders / 10) i, generate_series(0, 5) v
                """);
        run("""
                INSERT INTO order_change
                SELECT i, md5(i::text)::uuid, 0, 'OrderPlaced', 'PLACED', 'ada', now() FROM generate_series(1, :orders) i
                """);
        run("""
                INSERT INTO hourly_figure
                SELECT timestamptz '2020-01-01' + h * interval '1 hour', m, 'EUR', 1, 1
                FROM generate_series(1, 60000) h, unnest(ARRAY['PLACED', 'CAPTURED', 'DELIVERED']) m
                """);
        jdbc.sql("ANALYZE").update();
    }

    private static void run(String sql) {
        jdbc.sql(sql).param("orders", ORDERS).update();
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "'', -placedAt, order_summary_newest",
        "'', placedAt, order_summary_newest",
        "customer=customer-7, -placedAt, order_summary_of_customer",
        "status=PLACED, -placedAt, order_in_status_pkey",
        "status=DELIVERED, placedAt, order_in_status_pkey",
        "status=CANCELLED, -placedAt, order_in_status_pkey",
        "status=CANCELLED+REJECTED, -placedAt, order_in_status_pkey",
        "status=PLACED+CONFIRMED, -placedAt, order_in_status_pkey",
        "sku=sku-7, -placedAt, order_product_pkey",
        "sku=sku-7 status=DELIVERED, -placedAt, order_product_pkey",
        "currency=EUR, -total, order_summary_by_total",
        "currency=EUR sku=sku-7, -total, ''",
        "currency=USD, total, order_summary_by_total",
        "currency=EUR min=500.00 max=600.00, total, order_summary_by_total",
        "currency=EUR min=500.00 max=600.00, -placedAt, ''",
        "from=2026-01-01T05:00:00Z, placedAt, order_summary_newest",
        "from=2026-01-01T05:00:00Z to=2026-01-02T05:00:00Z, -placedAt, order_summary_newest",
        "customer=customer-7 status=DELIVERED, -placedAt, order_summary_of_customer",
        "q=eve777, -placedAt, ''",
        "q=eve777, placedAt, ''",
        "q=eve777 sku=sku-777 status=DELIVERED, -placedAt, ''",
        "q=eve777 currency=EUR sku=sku-777, -total, ''",
        "q=f1c15925, -placedAt, ''", // the beginning of an id
        "q=f1c15925 sku=sku-777 currency=EUR, -total, ''",
        "q=nowhere, -placedAt, ''",
        "q=product, -placedAt, ''",
    })
    void aPageTouchesFewRowsHoweverDeepItIs(String filter, String sort, String index) {
        Sorting sorting = Sorting.of(sort);
        OrderFilter asked = filter(filter);
        OrderSelection selection = new OrderSelection(asked, sorting);
        if (!asked.words().isEmpty() && isAnsweredByWords(selection)) {
            return;
        }
        Plan first = Plan.of(selection.page(null, PAGE + 1));
        assertThat(first.fullScans()).isEmpty();
        assertThat(first.rows()).as(first.text()).isLessThan(MOST_ROWS);
        if (!index.isEmpty()) {
            assertThat(first.indexes()).as(first.text()).contains(index);
        }

        if (count(selection) == 0) {
            return;
        }
        Plan deep = Plan.of(selection.page(behindHalf(selection, sorting), PAGE + 1));
        assertThat(deep.fullScans()).isEmpty();
        assertThat(deep.rows()).as(deep.text()).isLessThan(MOST_ROWS);
    }

    /**
     * What is asked again and again is planned once, for values that PostgreSQL does not know. It takes each for as frequent as
     * the next, and their orders for evenly spread over time.
     */
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "status=CANCELLED, -placedAt, order_in_status_pkey",
        "status=CANCELLED, placedAt, order_in_status_pkey",
        "customer=customer-7, -placedAt, order_summary_of_customer",
        "customer=customer-7 status=DELIVERED, placedAt, order_summary_of_customer",
        "sku=sku-7, -placedAt, order_product_pkey",
        "currency=EUR, -total, order_summary_by_total",
        "from=2026-01-01T05:00:00Z, placedAt, order_summary_newest",
    })
    void aPlanForAnyValueWalksTheSameIndex(String filter, String sort, String index) throws SQLException {
        OrderSelection selection = new OrderSelection(filter(filter), Sorting.of(sort));
        for (@Nullable Cursor place : Arrays.asList(null, behindHalf(selection, Sorting.of(sort)))) {
            assertThat(planForAnyValue(selection.page(place, PAGE + 1)))
                    .contains(index)
                    .doesNotContain("Sort");
        }
    }

    private static String planForAnyValue(Statement statement) throws SQLException {
        String sql = statement.sql();
        int number = 0;
        for (String name : statement.parameters().keySet()) {
            sql = sql.replaceAll(":" + name + "\\b", "\\$" + ++number);
        }
        String simple = url + (url.contains("?") ? "&" : "?") + "preferQueryMode=simple"; // nothing is bound
        try (Connection connection = DriverManager.getConnection(
                        simple, TestServers.databaseUser(), TestServers.databasePassword());
                java.sql.Statement explaining = connection.createStatement()) {
            explaining.execute("SET search_path = orders, statistics, query");
            explaining.execute("SET enable_seqscan = off");
            StringBuilder plan = new StringBuilder();
            try (ResultSet lines = explaining.executeQuery("EXPLAIN (GENERIC_PLAN) " + sql)) {
                while (lines.next()) {
                    plan.append(lines.getString(1)).append('\n');
                }
            }
            return plan.toString();
        }
    }

    /** As the service does it: orders with rare words are looked for first, along their index, and sorted. */
    private static boolean isAnsweredByWords(OrderSelection selection) {
        Statement page = selection.pageOfFound(null, PAGE + 1);
        Plan plan = Plan.of(page);
        assertThat(plan.fullScans()).as(plan.text()).isEmpty();
        assertThat(plan.indexes()).as(plan.text()).contains("order_search_words");
        boolean tooMany = jdbc.sql(page.sql())
                .params(page.parameters())
                .query((row, number) -> OrderSelection.areTooMany(row.getLong("found")))
                .list()
                .contains(true);
        if (!tooMany) {
            assertThat(plan.rows()).as(plan.text()).isLessThan(MOST_ROWS);
        }
        return !tooMany;
    }

    @Test
    void singleThingsAreFoundByTheirKeys() {
        for (String sql : List.of(
                "SELECT * FROM order_summary WHERE order_id = md5('77')::uuid",
                "SELECT * FROM order_timeline WHERE order_id = md5('77')::uuid AND version > 2 ORDER BY version",
                "SELECT * FROM order_change WHERE number > 1000 ORDER BY number LIMIT 500",
                "SELECT sum(number) FROM hourly_figure WHERE hour >= '2024-01-01' AND hour < '2024-01-02'")) {
            Plan plan = Plan.of(new Statement(sql, Map.of()));
            assertThat(plan.fullScans()).as(plan.text()).isEmpty();
            assertThat(plan.rows()).as(plan.text()).isLessThan(MOST_ROWS);
        }
    }

    /** The estimate is for people: it must be of the right size, and cost nothing. */
    @Test
    void theEstimatedNumberOfOrdersIsOfTheRightSize() {
        for (String filter : List.of("", "status=DELIVERED", "customer=customer-7", "sku=sku-7")) {
            OrderSelection selection = new OrderSelection(filter(filter), Sorting.NEWEST);
            long counted = count(selection);
            String plan = jdbc.sql(selection.estimate().sql())
                    .params(selection.estimate().parameters())
                    .query(String.class)
                    .single();
            assertThat(JSON.readTree(plan).at("/0/Plan/Plan Rows").asLong())
                    .as(filter)
                    .isBetween(counted / 4, counted * 4);
        }
    }

    private static long count(OrderSelection selection) {
        return jdbc.sql(selection.count().sql())
                .params(selection.count().parameters())
                .query(Long.class)
                .single();
    }

    /** The place in the middle of the list. */
    private static Cursor behindHalf(OrderSelection selection, Sorting sorting) {
        long half = count(selection) / 2;
        Statement all = selection.page(null, (int) half + 1);
        List<Cursor> places = jdbc.sql(all.sql())
                .params(all.parameters())
                .query((row, i) -> new Cursor(
                        sorting,
                        sorting.isByTime()
                                ? row.getObject("placed_at", OffsetDateTime.class)
                                        .toInstant()
                                        .toString()
                                : Long.toString(row.getLong("total_amount")),
                        row.getObject("order_id", UUID.class)))
                .list();
        return places.getLast();
    }

    private static OrderFilter filter(String text) {
        Map<String, String> values = new HashMap<>();
        for (String part : text.isEmpty() ? new String[0] : text.split(" ", -1)) {
            values.put(part.substring(0, part.indexOf('=')), part.substring(part.indexOf('=') + 1));
        }
        @Nullable String status = values.get("status");
        return new OrderFilter(
                values.get("customer"),
                status == null ? null : List.of(status.split("\\+", -1)),
                values.get("sku"),
                values.get("currency"),
                values.get("min"),
                values.get("max"),
                time(values.get("from")),
                time(values.get("to")),
                values.get("q"));
    }

    private static @Nullable String time(@Nullable String text) {
        return text == null ? null : Instant.parse(text).toString();
    }

    /** A plan that was executed. */
    private record Plan(List<JsonNode> nodes, String text) {

        static Plan of(Statement statement) {
            String text = jdbc.sql("EXPLAIN (ANALYZE, FORMAT JSON) " + statement.sql())
                    .params(statement.parameters())
                    .query(String.class)
                    .single();
            List<JsonNode> nodes = new ArrayList<>();
            collect(JSON.readTree(text).at("/0/Plan"), nodes);
            return new Plan(nodes, text);
        }

        private static void collect(JsonNode node, List<JsonNode> nodes) {
            nodes.add(node);
            node.path("Plans").forEach(child -> collect(child, nodes));
        }

        List<String> fullScans() {
            return nodes.stream()
                    .filter(node -> node.path("Node Type").asString().endsWith("Seq Scan"))
                    .map(node -> node.path("Relation Name").asString())
                    .toList();
        }

        List<String> indexes() {
            return nodes.stream()
                    .map(node -> node.path("Index Name").asString(""))
                    .filter(name -> !name.isEmpty())
                    .toList();
        }

        /** Rows that were looked at in the step that looked at most. */
        long rows() {
            return nodes.stream()
                    .mapToLong(node -> (long) ((node.path("Actual Rows").asDouble()
                                    + node.path("Rows Removed by Filter").asDouble(0))
                            * node.path("Actual Loops").asDouble()))
                    .max()
                    .orElseThrow();
        }
    }
}
