package io.orderflow.query;

import static io.orderflow.query.Stories.line;
import static io.orderflow.query.Stories.newOrder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderflow.api.order.CancelledBy;
import io.orderflow.api.order.OrderEvent;
import io.orderflow.api.order.OrderEvent.OrderCancelled;
import io.orderflow.api.order.OrderId;
import io.orderflow.api.order.OrderLine;
import io.orderflow.api.payment.Money;
import io.orderflow.messaging.config.Topics;
import io.orderflow.query.Questions.Answer;
import io.orderflow.query.projection.ReadModel;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Lists of orders by all filters. Twenty orders: number 0 is the oldest; every other one is delivered, one is called off. */
@QuerySideTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OrderListsIT {

    private static final int ORDERS = 20;

    @Autowired
    PublishedEvents events;

    @Autowired
    Questions questions;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    @Qualifier("rebuilds") SmartLifecycle rebuilds;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String mark = newOrder().toString().substring(0, 8);
    private final List<OrderId> orders = new ArrayList<>();

    @BeforeAll
    void placeOrders() {
        for (int i = 0; i < ORDERS; i++) {
            OrderId order = newOrder();
            orders.add(order);
            events.publish(
                    Topics.ORDERS,
                    Stories.messages("Order", order, 0, story(i, order), Stories.START.plus(Duration.ofDays(i))));
        }
        for (int i = 0; i < ORDERS; i++) {
            int version = i % 2 == 0 ? 5 : i == 7 ? 1 : 0;
            assertThat(questions
                            .get("/api/orders/" + orders.get(i) + "?minVersion=" + version + "&wait=20s")
                            .status())
                    .isEqualTo(200);
        }
    }

    private List<OrderEvent> story(int number, OrderId order) {
        Money price = Money.of(1000L * (number + 1), number == 3 ? "JPY" : "EUR");
        OrderLine pot = line(1, "pot-" + mark, "Iron pot", 1, price);
        OrderLine[] lines = number % 5 == 0
                ? new OrderLine[] {
                    pot, line(2, "lid-" + mark, "Glass lid", 1, price), line(3, "lid-" + mark, "Glass lid", 2, price)
                }
                : new OrderLine[] {pot};
        OrderEvent placed = Stories.placed(order, "customer+" + mark, "eve" + number + "@" + mark + ".example", lines);
        List<OrderEvent> story = new ArrayList<>(List.of(placed));
        if (number % 2 == 0) {
            story.addAll(Stories.delivered(order, "ada").subList(1, 6));
        } else if (number == 7) {
            story.add(new OrderCancelled(order, CancelledBy.OPERATOR, null));
        }
        return story;
    }

    @Test
    void pagesAreWalkedWithoutMissingOrRepeatingAnybody() {
        assertThat(walk("customerId=customer%2B" + mark + "&limit=3"))
                .containsExactlyElementsOf(ids(19, 18, 17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0));
        assertThat(walk("customerId=customer%2B" + mark + "&sort=placedAt&status=DELIVERED&limit=4"))
                .containsExactlyElementsOf(ids(0, 2, 4, 6, 8, 10, 12, 14, 16, 18));
    }

    @Test
    void severalStatusesAreOneList() {
        assertThat(walk("customerId=customer%2B" + mark + "&status=CANCELLED&status=PLACED&limit=2"))
                .containsExactlyElementsOf(ids(19, 17, 15, 13, 11, 9, 7, 5, 3, 1));
        assertThat(walk("customerId=customer%2B" + mark + "&status=CANCELLED,DELIVERED&limit=20"))
                .hasSize(11);
        assertThat(walk("customerId=customer%2B" + mark + "&status=&limit=20"))
                .as("an empty choice restricts nothing")
                .hasSize(ORDERS);
    }

    @Test
    void anOrderWithAProductTwiceIsFoundOnce() {
        assertThat(walk("sku=lid-" + mark + "&limit=1")).containsExactlyElementsOf(ids(15, 10, 5, 0));
        assertThat(walk("sku=lid-" + mark + "&status=DELIVERED&limit=1")).containsExactlyElementsOf(ids(10, 0));
        assertThat(walk("sku=pot-" + mark + "&sort=placedAt&limit=7")).hasSize(ORDERS);
    }

    @Test
    void totalsAreComparedInTheirCurrency() {
        String customer = "customerId=customer%2B" + mark;
        assertThat(walk(customer + "&currency=EUR&minTotal=120&maxTotal=140&limit=2"))
                .containsExactlyElementsOf(ids(13, 12, 11));
        assertThat(walk(customer + "&currency=JPY&minTotal=4000&maxTotal=4000&limit=2"))
                .containsExactlyElementsOf(ids(3));
        assertThat(walk(customer + "&currency=EUR&sort=-total&limit=3").subList(0, 4))
                .containsExactlyElementsOf(ids(15, 10, 5, 19));
        assertThat(walk(customer + "&currency=EUR&sort=total&limit=3").subList(0, 4))
                .containsExactlyElementsOf(ids(1, 2, 0, 4));
        assertThat(walk("sku=lid-" + mark + "&currency=EUR&sort=-total&limit=3"))
                .containsExactlyElementsOf(ids(15, 10, 5, 0));
    }

    @Test
    void aRangeOfTimeEndsBeforeItsEnd() {
        assertThat(walk("customerId=customer%2B" + mark
                        + "&placedFrom=2026-01-03T10:00:00Z&placedTo=2026-01-05T10:00:00Z&limit=1"))
                .containsExactlyElementsOf(ids(3, 2));
        assertThat(walk("sku=pot-" + mark + "&placedFrom=2026-01-03T10:00:00Z&placedTo=2026-01-05T10:00:00Z&limit=1"))
                .containsExactlyElementsOf(ids(3, 2));
    }

    @Test
    void ordersAreFoundByTheBeginningsOfTheirWords() {
        assertThat(walk("q=" + mark + "%20gla&limit=3")).containsExactlyElementsOf(ids(15, 10, 5, 0));
        assertThat(walk("q=eve13%40" + mark)).containsExactlyElementsOf(ids(13));
        assertThat(walk("q=" + orders.get(4))).containsExactlyElementsOf(ids(4));
        assertThat(walk("q=" + orders.get(4).toString().substring(0, 14) + "%20pot"))
                .containsExactlyElementsOf(ids(4));
        assertThat(walk("q=" + mark + "+iron&status=CANCELLED")).containsExactlyElementsOf(ids(7));
        assertThat(walk("q=" + mark + "%20porcelain")).isEmpty();
    }

    @Test
    void theNumberOfAllIsCountedIfAskedFor() {
        String all = "/api/orders?limit=3&customerId=customer%2B" + mark;
        assertThat(questions.get(all + "&total=exact").at("/count/value")).isEqualTo("20");
        assertThat(questions.get(all + "&total=exact").at("/count/exact")).isEqualTo("true");
        assertThat(questions.get(all).at("/count/exact")).isEqualTo("false");
        Answer found = questions.get("/api/orders?limit=1&q=" + mark + "%20lid");
        assertThat(found.at("/count/value") + " " + found.at("/count/exact"))
                .as("whoever looks for words counts what is found")
                .isEqualTo("4 true");
        assertThat(questions.get(found.at("/next")).at("/count/value")).isEqualTo("4");
        assertThat(questions.get("/api/orders?q=" + mark + "%20lid").at("/count/value"))
                .as("all on one page")
                .isEqualTo("4");
    }

    @Test
    void pagesAreLinked() {
        Answer page = questions.get("/api/orders?limit=3&sku=pot-" + mark);
        List<String> links = page.response().headers().allValues("Link");

        assertThat(links.getFirst()).isEqualTo("</api/orders?sku=pot-" + mark + "&limit=3>; rel=\"first\"");
        assertThat(links.getLast()).isEqualTo("<" + page.at("/next") + ">; rel=\"next\"");
        assertThat(questions
                        .get(page.at("/next").replace("sku=", "sort=placedAt&sku="))
                        .status())
                .as("a cursor belongs to its sorting")
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sort=-placedAt", "sort=placedAt", "sort=total&currency=EUR", "sort=-total&currency=EUR"})
    void theWayBackShowsTheSamePages(String sorting) {
        String list = "/api/orders?limit=3&customerId=customer%2B" + mark + "&" + sorting;
        List<String> there = new ArrayList<>();
        Answer page = questions.get(list);
        there.add(page.json().at("/orders").toString());
        while (page.json().has("next")) {
            page = questions.get(page.at("/next"));
            there.add(page.json().at("/orders").toString());
        }
        List<String> back = new ArrayList<>(List.of(page.json().at("/orders").toString()));
        while (page.json().has("prev")) {
            assertThat(page.response().headers().allValues("Link"))
                    .contains("<" + page.at("/prev") + ">; rel=\"prev\"");
            page = questions.get(page.at("/prev"));
            back.addFirst(page.json().at("/orders").toString());
        }

        assertThat(there).hasSizeGreaterThan(5);
        assertThat(back).isEqualTo(there);
        assertThat(questions.get(questions.get(list).at("/next") + "&before=x").status())
                .isEqualTo(400);
    }

    @Test
    void anyFilterIsExportedAsAWhole() {
        List<String> lines = questions
                .text("/api/orders/export?sku=lid-" + mark)
                .body()
                .lines()
                .toList();
        assertThat(lines.stream()
                        .map(OrderListsIT::parse)
                        .map(order -> order.at("/orderId").asString()))
                .containsExactlyElementsOf(ids(15, 10, 5, 0));

        var csv = questions.text("/api/orders/export?format=csv&sort=placedAt&status=CANCELLED&sku=pot-" + mark);
        assertThat(csv.headers().firstValue("Content-Type")).contains("text/csv;charset=UTF-8");
        assertThat(csv.body().lines()).first().asString().startsWith("orderId,customerId,");
        assertThat(csv.body().lines().skip(1))
                .containsExactly(orders.get(7) + ",customer+" + mark + ",eve7@" + mark
                        + ".example,,CANCELLED,CANCELLED_BY_OPERATOR,,80.00,EUR,OPEN,,1 x pot-" + mark
                        + ",1,2026-01-08T10:00:00Z,2026-01-08T10:00:01Z");
    }

    /** More than fits between server and client, so that the end is not read before the beginning was. */
    @Test
    void anExportThatCannotBeFinishedIsCutOff() throws Exception {
        String customer = "bulk-" + mark;
        String table = "query_orders_"
                + jdbc.sql("select number from serving where model = 'orders'")
                        .query(String.class)
                        .single() + ".order_summary";
        jdbc.sql("insert into " + table
                        + " select gen_random_uuid(), ?, null, null, 'PLACED', null, repeat('x', 400), '[]', 1,"
                        + " 'EUR', 'OPEN', null, 0, now(), now() from generate_series(1, 60000)")
                .param(customer)
                .update();
        try (InputStream export = http.send(
                        HttpRequest.newBuilder(questions.uri("/api/orders/export?customerId=" + customer))
                                .build(),
                        HttpResponse.BodyHandlers.ofInputStream())
                .body()) {
            assertThat(export.read()).isEqualTo('{');
            rebuilds.stop(); // it would show the tables again
            jdbc.sql("alter schema " + ReadModel.ORDERS.viewSchema() + " rename to away")
                    .update();
            jdbc.sql("alter view query.order_summary rename to order_summary_away")
                    .update();
            try {
                assertThatThrownBy(export::readAllBytes).isInstanceOf(IOException.class);
            } finally {
                jdbc.sql("alter view query.order_summary_away rename to order_summary")
                        .update();
                jdbc.sql("alter schema away rename to " + ReadModel.ORDERS.viewSchema())
                        .update();
                rebuilds.start();
            }
        } finally {
            jdbc.sql("delete from " + table + " where customer_id = ?")
                    .param(customer)
                    .update();
        }
    }

    private List<String> walk(String filter) {
        List<String> found = new ArrayList<>();
        String next = "/api/orders?" + filter;
        while (!next.isEmpty()) {
            Answer page = questions.get(next);
            assertThat(page.status()).isEqualTo(200);
            page.json()
                    .at("/orders")
                    .forEach(order -> found.add(order.at("/orderId").asString()));
            next = page.json().path("next").asString("");
        }
        assertThat(new HashSet<>(found)).hasSameSizeAs(found);
        return found;
    }

    private List<String> ids(int... numbers) {
        return Arrays.stream(numbers)
                .mapToObj(number -> orders.get(number).toString())
                .toList();
    }

    private static JsonNode parse(String json) {
        return new JsonMapper().readTree(json);
    }
}
