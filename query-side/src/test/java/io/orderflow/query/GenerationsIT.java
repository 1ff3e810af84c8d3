package io.orderflow.query;

import static io.orderflow.query.Stories.newOrder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.api.order.OrderId;
import io.orderflow.messaging.config.Topics;
import io.orderflow.query.Questions.Answer;
import io.orderflow.query.projection.Published;
import io.orderflow.query.projection.ReadModel;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

/** Rebuilding beside what serves, in a service and a database of its own. */
@QuerySideTest
@TestPropertySource(properties = "orderflow.query.generations.keep=1h")
class GenerationsIT {

    private static final String ORDERS = "/api/admin/projections/orders/";

    @Autowired
    PublishedEvents events;

    @Autowired
    Questions questions;

    @Autowired
    Published published;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    @Qualifier("rebuilds") SmartLifecycle rebuilds;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @BeforeEach
    void allServe() {
        await().atMost(Duration.ofMinutes(1))
                .until(() -> jdbc.sql("select count(*) from serving")
                                .query(Long.class)
                                .single()
                        == 3);
    }

    @Test
    void nobodyNoticesARebuildExceptThatItIsDone() throws Exception {
        String customer = "rebuilt-" + newOrder();
        List<OrderId> before = publishOrders(1_000, customer);
        awaitDelivered(before);
        List<String> exported = export(customer);
        int serving = serving("orders");
        EventClient client = new EventClient(http, questions.uri("/api/orders/stream"));
        client.connect();
        await().until(() -> !client.lastId().isEmpty());
        AtomicBoolean done = new AtomicBoolean();
        FutureTask<List<OrderId>> writer = background(() -> {
            List<OrderId> written = new ArrayList<>();
            while (!done.get()) {
                written.addAll(publishOrders(20, customer + "-later"));
            }
            return written;
        });
        FutureTask<Integer> reader = background(() -> askUntil(done, before, customer));

        assertThat(call("POST", ORDERS + "rebuild").statusCode()).isEqualTo(202);
        assertThat(call("POST", ORDERS + "rebuild").body()).contains("\"generation\":" + (serving + 1));
        await().atMost(Duration.ofMinutes(2))
                .until(() -> questions.get(ORDERS + "rebuild").at("/state"), "SERVING"::equals);
        List<OrderId> later = publishOrders(20, customer + "-later");
        done.set(true);
        List<OrderId> written = new ArrayList<>(writer.get());
        written.addAll(later);
        assertThat(reader.get()).as("questions asked meanwhile").isPositive();
        awaitDelivered(written);

        assertThat(serving("orders")).isEqualTo(serving + 1);
        assertThat(export(customer)).isEqualTo(exported);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(contents(serving + 1)).isEqualTo(contents(serving)));
        int changes = 6 * written.size();
        await().atMost(Duration.ofSeconds(30)).until(() -> client.events().size() >= changes);
        assertThat(client.events()).as("what was replayed is not told again").hasSize(changes);
        assertThat(client.events().stream().map(event -> number(event.id())))
                .containsExactlyElementsOf(LongStream.rangeClosed(
                                number(client.events().getFirst().id()),
                                number(client.events().getLast().id()))
                        .boxed()
                        .toList());
        for (OrderId order : List.of(written.getFirst(), written.getLast())) {
            assertThat(client.events().stream()
                            .filter(event -> event.data().contains(order.toString()))
                            .map(event -> event.data().replaceAll(".*\"version\":([0-9]+).*", "$1")))
                    .containsExactly("0", "1", "2", "3", "4", "5");
        }
        client.close();

        assertThat(call("POST", ORDERS + "rollback").statusCode()).isEqualTo(200);
        assertThat(serving("orders")).isEqualTo(serving);
        awaitDelivered(publishOrders(5, customer));
        assertThat(call("POST", ORDERS + "rollback").statusCode())
                .as("and forth")
                .isEqualTo(200);
        assertThat(serving("orders")).isEqualTo(serving + 1);
        assertThat(export(customer)).hasSize(1_005);
    }

    @Test
    void whatThereWasIsAppliedAlsoWhileMoreComes() {
        String reader = "query-side-orders-" + serving("orders");
        Published.Extent before = published.extent(List.of(Topics.ORDERS));
        await().atMost(Duration.ofSeconds(30)).until(() -> published.isAppliedBy(reader, before));
        rebuilds.stop();
        try {
            publishOrders(20, "late-" + newOrder());
            assertThat(published.isAppliedBy(reader, before)).isTrue();
            assertThat(published.isAppliedBy(reader, List.of(Topics.ORDERS))).isFalse();
        } finally {
            rebuilds.start();
        }
    }

    /** Asks again and again; no answer may fail, nor show less than an earlier one. */
    private int askUntil(AtomicBoolean done, List<OrderId> orders, String customer) {
        Map<OrderId, Long> seen = new HashMap<>();
        int asked = 0;
        while (!done.get()) {
            OrderId order = orders.get(ThreadLocalRandom.current().nextInt(orders.size()));
            Answer one = questions.get("/api/orders/" + order);
            assertThat(one.status()).isEqualTo(200);
            assertThat(one.json().at("/version").asLong()).isGreaterThanOrEqualTo(seen.getOrDefault(order, 5L));
            seen.put(order, one.json().at("/version").asLong());
            assertThat(questions
                            .get("/api/orders?limit=50&customerId=" + customer)
                            .json()
                            .at("/orders"))
                    .hasSize(50);
            asked += 2;
        }
        return asked;
    }

    @Test
    void aRebuildIsPausedResumedSlowedDownAndCancelledAndGoesOnAfterARestart() throws Exception {
        awaitDelivered(publishOrders(1_500, "paused-" + newOrder()));
        int serving = serving("orders");
        assertThat(call("POST", ORDERS + "rebuild/pause").statusCode())
                .as("nothing to pause")
                .isEqualTo(409);

        call("POST", ORDERS + "rebuild");
        assertThat(call("PUT", ORDERS + "rebuild/throttle?eventsPerSecond=10").statusCode())
                .isEqualTo(400);
        assertThat(call("PUT", ORDERS + "rebuild/throttle?eventsPerSecond=1000").statusCode())
                .isEqualTo(200);
        await().atMost(Duration.ofSeconds(30)).until(() -> done() > 0);
        assertThat(call("POST", ORDERS + "rebuild/pause").body()).contains("\"state\":\"PAUSED\"");
        rebuilds.stop(); // waits for what is under way
        long paused = done();
        assertThat(paused)
                .isLessThan(
                        questions.get(ORDERS + "rebuild").json().at("/total").asLong());
        rebuilds.start();
        assertThat(done()).isEqualTo(paused);
        assertThat(questions.get(ORDERS + "rebuild").at("/state")).isEqualTo("PAUSED");

        call("POST", ORDERS + "rebuild/resume");
        await().atMost(Duration.ofSeconds(30)).until(() -> done() > paused);
        assertThat(call("POST", ORDERS + "rebuild/cancel").body()).contains("CANCELLED");
        assertThat(serving("orders")).isEqualTo(serving);

        call("POST", ORDERS + "rebuild");
        await().atMost(Duration.ofSeconds(30)).until(() -> done() > 0);
        rebuilds.stop();
        long resumed = done();
        rebuilds.start();
        assertThat(done()).as("it does not start over").isGreaterThanOrEqualTo(resumed);
        await().atMost(Duration.ofMinutes(1)).until(() -> serving("orders") == serving + 2);
    }

    private long done() {
        return questions.get(ORDERS + "rebuild").json().at("/done").asLong();
    }

    @Test
    void aGenerationThatLacksSomethingIsNotTakenIntoService() throws Exception {
        OrderId order = newOrder();
        events.publish(Topics.ORDERS, Stories.ofOrder(order, Stories.delivered(order, "ada")));
        awaitDelivered(List.of(order));
        int serving = serving("statistics");
        String figures = "query_statistics_" + serving;
        jdbc.sql("insert into " + figures + ".counted_order values (gen_random_uuid(), now(), 7)")
                .update();

        call("POST", "/api/admin/projections/statistics/rebuild");
        await().atMost(Duration.ofMinutes(1))
                .until(
                        () -> questions
                                .get("/api/admin/projections/statistics/rebuild")
                                .at("/state"),
                        "FAILED"::equals);

        assertThat(questions.get("/api/admin/projections/statistics/rebuild").at("/failure"))
                .contains("1 rows of counted_order");
        assertThat(serving("statistics")).isEqualTo(serving);
        assertThat(questions.get("/api/statistics/orders").status()).isEqualTo(200);
        jdbc.sql("delete from " + figures + ".counted_order where version = 7").update();
        call("POST", "/api/admin/projections/statistics/rebuild");
        await().atMost(Duration.ofMinutes(1)).until(() -> serving("statistics") == serving + 2);
    }

    /** What the release before has left: a generation of another version, with a column less. */
    @Test
    void aNewReleaseReadsTheOldGenerationUntilItsOwnIsComplete() throws Exception {
        OrderId order = newOrder();
        events.publish(Topics.ORDERS, Stories.ofOrder(order, Stories.delivered(order, "ada")));
        awaitDelivered(List.of(order));
        int old = serving("orders");
        rebuilds.stop();
        jdbc.sql("update generation set version = 0 where model = 'orders' and version = ?")
                .param(ReadModel.ORDERS.version())
                .update();
        jdbc.sql("alter table query_orders_" + old + ".order_summary drop column tracking_number cascade")
                .update();
        jdbc.sql("drop schema " + ReadModel.ORDERS.viewSchema() + " cascade").update();
        assertThat(questions.get("/api/orders/" + order).at("/type")).isEqualTo("urn:orderflow:problem:being-built");

        rebuilds.start();
        Answer meanwhile = questions.get("/api/orders/" + order);
        assertThat(meanwhile.at("/status")).isEqualTo("DELIVERED");
        await().atMost(Duration.ofMinutes(1)).until(() -> serving("orders") > old);
        assertThat(questions.get("/api/orders/" + order).at("/trackingNumber")).isEqualTo("track-1");
        assertThat(questions.get("/api/admin/projections").json().findValuesAsString("state"))
                .contains("SERVING", "KEPT");
    }

    private int serving(String model) {
        return jdbc.sql("select number from serving where model = ?")
                .param(model)
                .query(Integer.class)
                .single();
    }

    private List<OrderId> publishOrders(int count, String customer) {
        List<OrderId> orders = Stream.generate(Stories::newOrder).limit(count).toList();
        events.publishDelivered(orders, customer, 0, 6);
        return orders;
    }

    private void awaitDelivered(List<OrderId> orders) {
        for (OrderId order : orders) {
            assertThat(questions
                            .get("/api/orders/" + order + "?minVersion=5&wait=30s")
                            .status())
                    .isEqualTo(200);
        }
    }

    private List<String> export(String customer) {
        return questions
                .text("/api/orders/export?customerId=" + customer)
                .body()
                .lines()
                .toList();
    }

    private List<String> contents(int generation) {
        return Stream.of("order_summary", "order_in_status", "order_product", "order_search", "order_timeline")
                .map(table -> jdbc.sql(
                                "select count(*) || ' ' || coalesce(md5(string_agg(r::text, '' order by r::text)), '')"
                                        + " from query_orders_" + generation + "." + table + " r")
                        .query(String.class)
                        .single())
                .toList();
    }

    private HttpResponse<String> call(String method, String path) throws Exception {
        URI uri = questions.uri(path);
        return http.send(
                HttpRequest.newBuilder(uri)
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static <T> FutureTask<T> background(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread.ofVirtual().start(task);
        return task;
    }

    private static long number(String id) {
        return Long.parseLong(id.substring(id.indexOf('-') + 1));
    }
}
