package io.orderflow.query;

import static io.orderflow.query.Stories.newOrder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.api.inventory.Sku;
import io.orderflow.api.order.OrderEvent;
import io.orderflow.api.order.OrderEvent.OrderConfirmed;
import io.orderflow.api.order.OrderId;
import io.orderflow.messaging.config.Topics;
import io.orderflow.messaging.serialization.ContractSerializer;
import io.orderflow.query.Questions.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventhandling.SubscribingEventProcessor;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;

@QuerySideTest
class QuerySideIT {

    @Autowired
    PublishedEvents events;

    @Autowired
    Questions questions;

    @Autowired
    ContractSerializer serializer;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    @Qualifier("rebuilds") SmartLifecycle reader;

    @Autowired
    ApplicationContext context;

    private void publish(OrderId order, List<? extends OrderEvent> story) {
        events.publish(Topics.ORDERS, Stories.ofOrder(order, story));
    }

    @Test
    void anOrderIsShownAsItIs() {
        OrderId order = newOrder();
        publish(order, Stories.delivered(order, "ada"));

        Answer answer = questions.get("/api/orders/" + order + "?minVersion=5&wait=20s");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("ETag")).isEqualTo("\"5\"");
        assertThat(answer.at("/status")).isEqualTo("DELIVERED");
        assertThat(answer.at("/payment")).isEqualTo("CAPTURED");
        assertThat(answer.at("/trackingNumber")).isEqualTo("track-1");
        assertThat(answer.at("/total/amount")).isEqualTo("59.98");
        assertThat(answer.at("/total/currency")).isEqualTo("EUR");
        assertThat(answer.at("/lines/0/unitPrice/amount")).isEqualTo("29.99");
        assertThat(answer.at("/lines/0/quantity")).isEqualTo("2");
        assertThat(answer.at("/placedAt")).isEqualTo("2026-01-01T10:00:00Z");
        assertThat(answer.json().has("reason")).isFalse();
    }

    @Test
    void anEventOfAnEarlierRevisionIsToldInTodays() {
        OrderId order = newOrder();
        publish(order, Stories.delivered(order, "ada").subList(0, 3));
        events.publish(Topics.ORDERS, List.of(Stories.shippedInRevision1(order, 3, serializer)));

        Answer answer = questions.get("/api/orders/" + order + "/history?minVersion=3&wait=20s");

        assertThat(answer.at("/events/3/sentence"))
                .isEqualTo("Simulated carrier has the parcel; its tracking number is track-1.");
        jdbc.sql(
                        "update order_timeline set revision = '1', data = (data::jsonb - 'carrier')::json where order_id = ? and version = 3")
                .param(order.value())
                .update();
        assertThat(questions.get("/api/orders/" + order + "/history").at("/events/3/data/carrier"))
                .as("read from a table that an earlier release has filled")
                .isEqualTo("Simulated carrier");
    }

    @Test
    void theHistoryTellsTheWholeStory() {
        OrderId order = newOrder();
        publish(order, Stories.delivered(order, "ada"));

        Answer answer = questions.get("/api/orders/" + order + "/history?minVersion=5&wait=20s");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.at("/version")).isEqualTo("5");
        assertThat(answer.json().at("/events")).hasSize(6);
        assertThat(answer.at("/events/0/type")).isEqualTo("OrderPlaced");
        assertThat(answer.at("/events/0/actor")).isEqualTo("ada");
        assertThat(answer.at("/events/0/data/total/amount")).isEqualTo("59.98");
        assertThat(answer.at("/events/0/sentence")).isEqualTo("ada ordered 2 pieces for 59.98 EUR.");
        assertThat(answer.at("/events/0/correlationId")).isEqualTo("request-1");
        assertThat(answer.at("/events/0/causationId")).isEqualTo("command-0");
        assertThat(answer.at("/events/3/type")).isEqualTo("OrderShipped");
        assertThat(answer.at("/events/3/sentence"))
                .isEqualTo("Swift Parcels has the parcel; its tracking number is track-1.");
        assertThat(answer.at("/events/3/at")).isEqualTo("2026-01-01T10:00:03Z");
        assertThat(answer.at("/events/3/data/trackingNumber")).isEqualTo("track-1");
    }

    @Test
    void aClientCanWaitForItsOwnWrite() throws Exception {
        OrderId order = newOrder();
        FutureTask<Answer> waiting =
                new FutureTask<>(() -> questions.get("/api/orders/" + order + "?minVersion=0&wait=30s"));
        Thread.ofVirtual().start(waiting);
        publish(order, List.of(Stories.placed(order, "ada")));

        assertThat(waiting.get().status()).isEqualTo(200);
        assertThat(waiting.get().at("/status")).isEqualTo("PLACED");
    }

    @Test
    void aVersionThatHasNotArrivedIsToldFromAnOrderThatDoesNotExist() throws Exception {
        OrderId order = newOrder();
        publish(order, List.of(Stories.placed(order, "ada")));
        assertThat(questions
                        .get("/api/orders/" + order + "?minVersion=0&wait=20s")
                        .status())
                .isEqualTo(200);

        Answer answer = questions.get("/api/orders/" + order + "?minVersion=1&wait=10ms");
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.header("Retry-After")).isEqualTo("1");
        assertThat(answer.at("/orderId")).isEqualTo(order.toString());
        assertThat(answer.at("/version")).isEqualTo("1");
        assertThat(questions.get("/api/orders/" + order + "?asOf=1").status()).isEqualTo(202);
        assertThat(questions
                        .get("/api/orders/" + order + "/history?minVersion=1")
                        .status())
                .isEqualTo(202);

        OrderId unheardOf = newOrder();
        assertThat(questions.get("/api/orders/" + unheardOf + "?minVersion=0").status())
                .isEqualTo(202);
        assertThat(questions
                        .get("/api/orders/" + unheardOf + "?minVersion=0&wait=1s")
                        .status())
                .as("it may be stored and not published yet")
                .isEqualTo(202);
        assertThat(questions.get("/api/orders/" + unheardOf).status()).isEqualTo(404);

        try (PublishedEvents.Pulsing unused = events.pulsing()) {
            await("the relay has published all, and all is applied")
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> questions
                                    .get("/api/orders/" + unheardOf + "?minVersion=0&wait=2s")
                                    .status()
                            == 404);
        }
    }

    @Test
    void theStateOfAnOrderIsToldAsItWas() {
        OrderId order = newOrder();
        publish(order, Stories.delivered(order, "ada"));
        questions.get("/api/orders/" + order + "?minVersion=5&wait=20s");

        assertThat(questions.get("/api/orders/" + order + "?asOf=0").at("/status"))
                .isEqualTo("PLACED");
        assertThat(questions.get("/api/orders/" + order + "?asOf=3").at("/status"))
                .isEqualTo("SHIPPED");
        assertThat(questions
                        .get("/api/orders/" + order + "?asOf=2026-01-01T10:00:02.999Z")
                        .at("/status"))
                .isEqualTo("CONFIRMED");
        Answer now = questions.get("/api/orders/" + order);
        Answer last = questions.get("/api/orders/" + order + "?asOf=2026-01-01T10:00:05Z");
        assertThat(last.json()).isEqualTo(now.json());
        assertThat(last.header("ETag")).isEqualTo("\"5\"");
        assertThat(questions
                        .get("/api/orders/" + order + "?asOf=2026-01-01T09:59:59Z")
                        .at("/type"))
                .isEqualTo("urn:orderflow:problem:not-yet-placed");
    }

    @Test
    void twoVersionsOfAnOrderAreCompared() {
        OrderId order = newOrder();
        publish(order, Stories.delivered(order, "ada"));
        questions.get("/api/orders/" + order + "?minVersion=5&wait=20s");

        Answer answer = questions.get("/api/orders/" + order + "/diff?from=0&to=3");

        assertThat(answer.json().at("/changes").findValuesAsString("path"))
                .containsExactlyInAnyOrder("/status", "/payment", "/trackingNumber", "/version", "/updatedAt");
        assertThat(answer.at("/changes/0/before")).isEqualTo("PLACED");
        assertThat(answer.at("/changes/0/after")).isEqualTo("SHIPPED");
        assertThat(answer.json().at("/events").findValuesAsString("type"))
                .containsExactly("PaymentAuthorized", "OrderConfirmed", "OrderShipped");
        assertThat(questions.get("/api/orders/" + order + "/diff?from=3&to=1").status())
                .isEqualTo(400);
    }

    @Test
    void theListIsPagedNewestFirst() {
        String customer = "customer-" + newOrder();
        List<OrderId> orders = IntStream.range(0, 5).mapToObj(i -> newOrder()).toList();
        for (int i = 0; i < orders.size(); i++) {
            int minutes = i;
            DomainEventMessage<?> placed = new GenericDomainEventMessage<>(
                    "Order",
                    orders.get(i).toString(),
                    0,
                    new GenericEventMessage<>(Stories.placed(orders.get(i), customer)),
                    () -> Stories.START.plus(Duration.ofMinutes(minutes)));
            events.publish(Topics.ORDERS, List.of(placed));
        }
        orders.forEach(order -> questions.get("/api/orders/" + order + "?minVersion=0&wait=20s"));

        List<String> listed = new ArrayList<>();
        String next = "/api/orders?customerId=" + customer + "&status=PLACED&limit=2";
        int pages = 0;
        while (!next.isEmpty()) {
            Answer page = questions.get(next);
            assertThat(page.status()).isEqualTo(200);
            page.json()
                    .at("/orders")
                    .forEach(order -> listed.add(order.at("/orderId").asString()));
            next = page.json().path("next").asString("");
            pages++;
        }

        assertThat(pages).isEqualTo(3);
        assertThat(listed)
                .containsExactlyElementsOf(
                        orders.reversed().stream().map(OrderId::toString).toList());
        assertThat(questions
                        .get("/api/orders?status=DELIVERED&customerId=" + customer)
                        .json()
                        .at("/orders"))
                .isEmpty();
    }

    @Test
    void productsShowTheirStock() {
        Sku sku = new Sku("kettle");
        events.publish(Topics.INVENTORY, Stories.messages("StockItem", sku, 0, Stories.stocked(sku, 12)));

        await().atMost(Duration.ofSeconds(20))
                .until(() -> questions.get("/api/products/kettle").at("/onHand").equals("12"));
        Answer answer = questions.get("/api/products/kettle");
        assertThat(answer.at("/price/amount")).isEqualTo("29.99");
        assertThat(answer.at("/available")).isEqualTo("12");
        assertThat(answer.header("ETag")).isEqualTo("\"1\"");
        assertThat(questions.get("/api/products").json().at("/products").findValuesAsString("sku"))
                .contains("kettle");
    }

    @ParameterizedTest
    @CsvSource({
        "404, unknown-order,   /api/orders/0f0e5a5c-6f2c-5d0b-9b0f-000000000000",
        "404, unknown-order,   /api/orders/0f0e5a5c-6f2c-5d0b-9b0f-000000000000/history",
        "400, invalid-request, /api/orders/seven",
        "400, invalid-request, /api/orders/0f0e5a5c-6f2c-5d0b-9b0f-000000000000?minVersion=0&wait=31s",
        "400, invalid-request, /api/orders/0f0e5a5c-6f2c-5d0b-9b0f-000000000000?minVersion=0&wait=soon",
        "400, invalid-request, /api/orders?limit=0",
        "400, invalid-request, /api/orders?customer=ada",
        "400, invalid-request, /api/orders/export?from=2026-01-01T00:00:00Z",
        "400, invalid-request, /api/orders?status=LOST",
        "400, invalid-request, /api/orders?after=nowhere",
        "400, invalid-request, /api/orders?sort=colour",
        "400, invalid-request, /api/orders?sort=-total",
        "400, invalid-request, /api/orders?minTotal=5",
        "400, invalid-request, /api/orders?minTotal=5.001&currency=EUR",
        "400, invalid-request, /api/orders?minTotal=five&currency=EUR",
        "400, invalid-request, /api/orders?currency=euro",
        "400, invalid-request, /api/orders?placedFrom=yesterday",
        "400, invalid-request, /api/orders?q=--",
        "400, invalid-request, /api/orders?total=roughly",
        "400, invalid-request, /api/orders/export?format=xml",
        "400, invalid-request, /api/orders/export?status=LOST",
        "400, invalid-request, /api/orders/0f0e5a5c-6f2c-5d0b-9b0f-000000000000?asOf=yesterday",
        "400, invalid-request, /api/orders/0f0e5a5c-6f2c-5d0b-9b0f-000000000000/diff?from=1",
        "404, unknown-order,   /api/orders/0f0e5a5c-6f2c-5d0b-9b0f-000000000000/diff?from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z",
        "404, unknown-order,   /api/orders/0f0e5a5c-6f2c-5d0b-9b0f-000000000000/stream",
        "400, invalid-request, /api/orders/stream?lastEventId=seven",
        "410, cannot-resume,   /api/orders/stream?lastEventId=00000000-7",
        "400, invalid-request, /api/statistics/orders?interval=blink",
        "400, invalid-request, /api/statistics/orders?zone=Nowhere",
        "400, invalid-request, /api/statistics/orders?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z",
        "400, invalid-request, /api/statistics/orders?from=2000-01-01T00:00:00Z",
        "404, unknown-product, /api/products/unheard-of",
        "404, not-found,       /api/nothing",
    })
    void aQuestionThatCannotBeAnsweredIsRefusedWithTheReason(int status, String problem, String path) {
        Answer answer = questions.get(path);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.at("/type")).isEqualTo("urn:orderflow:problem:" + problem);
        assertThat(answer.at("/title")).isNotEmpty();
        assertThat(answer.at("/detail")).isNotEmpty();
    }

    @Test
    void whatCanBeAskedIsDescribed() {
        assertThat(questions.get("/v3/api-docs").json().at("/paths").propertyNames())
                .contains(
                        "/api/orders",
                        "/api/orders/{orderId}",
                        "/api/orders/{orderId}/history",
                        "/api/orders/{orderId}/diff",
                        "/api/orders/{orderId}/stream",
                        "/api/orders/stream",
                        "/api/orders/export",
                        "/api/statistics/orders",
                        "/api/products");
        assertThat(questions
                        .get("/v3/api-docs")
                        .json()
                        .at("/paths/~1api~1orders/get/parameters")
                        .findValuesAsString("name"))
                .contains("customerId", "status", "sku", "currency", "minTotal", "placedFrom", "q", "sort", "after");
    }

    @Test
    void itIsReadyWhenPostgresqlAnswersWhateverKafkaDoes() {
        Answer readiness = questions.get("/actuator/health/readiness");

        assertThat(readiness.status()).isEqualTo(200);
        assertThat(readiness.json().at("/components").propertyNames())
                .containsExactlyInAnyOrder("db", "readinessState");
        assertThat(questions.get("/actuator/health").json().at("/components").propertyNames())
                .contains("kafka");
    }

    /** Design, section 9: no store and no streaming processor of Axon's beside our own reader. */
    @Test
    void itHasNoEventStoreAndNoStreamingProcessor() {
        assertThat(context.getBeansOfType(EventStore.class)).isEmpty();
        assertThat(context.getBeansOfType(EventStorageEngine.class)).isEmpty();
        assertThat(context.getBean(EventProcessingConfiguration.class)
                        .eventProcessors()
                        .values())
                .hasSize(3)
                .allSatisfy(processor -> assertThat(processor).isInstanceOf(SubscribingEventProcessor.class));
        assertThat(context.getBeansOfType(StreamingEventProcessor.class)).isEmpty();
        assertThat(context.getBean(Configuration.class).getComponent(TransactionManager.class))
                .isNotInstanceOf(NoTransactionManager.class);
    }

    @Nested
    class ABacklogOverTwelvePartitions {

        private static final int ORDERS = 500;

        @Test
        void isAppliedExactlyOnceAndARedeliveryChangesNothing() {
            reader.stop();
            String customer = "backlog-" + newOrder();
            List<OrderId> orders =
                    Stream.generate(Stories::newOrder).limit(ORDERS).toList();
            events.publish(Topics.ORDERS, interleaved(orders, customer));
            reader.start();

            await().atMost(Duration.ofMinutes(1)).until(() -> delivered(customer) == ORDERS);
            assertThat(jdbc.sql("select count(*) from order_timeline t join order_summary s using (order_id)"
                                    + " where s.customer_id = ?")
                            .param(customer)
                            .query(Long.class)
                            .single())
                    .isEqualTo(6L * ORDERS);
            assertThat(jdbc.sql("select count(*) from order_change where customer_id = ?")
                            .param(customer)
                            .query(Long.class)
                            .single())
                    .isEqualTo(6L * ORDERS);

            await().atMost(Duration.ofMinutes(1)).until(this::haveAllReadersAppliedTheSame);

            String before = contents();
            String positions = positions();
            reader.stop();
            jdbc.sql("update reader_position set next_offset = 0, last_index = -1")
                    .update();
            reader.start();
            await().atMost(Duration.ofMinutes(1)).until(() -> positions().equals(positions));

            assertThat(contents()).isEqualTo(before);
            assertThat(jdbc.sql("select count(*) from parked_record where record_key = any (?)")
                            .param(orders.stream().map(OrderId::toString).toArray(String[]::new))
                            .query(Long.class)
                            .single())
                    .isZero();
        }

        /** The first event of every order, then the second of every order, and so on. */
        private List<DomainEventMessage<?>> interleaved(List<OrderId> orders, String customer) {
            List<List<DomainEventMessage<?>>> stories = orders.stream()
                    .map(order -> Stories.ofOrder(order, Stories.delivered(order, customer)))
                    .toList();
            List<DomainEventMessage<?>> all = new ArrayList<>();
            IntStream.range(0, 6).forEach(version -> stories.forEach(story -> all.add(story.get(version))));
            return all;
        }

        private boolean haveAllReadersAppliedTheSame() {
            return jdbc.sql(
                            "select count(distinct applied) = 1 and count(*) = 2 from (select sum(next_offset) as applied"
                                    + " from reader_position where topic = 'orders' group by reader) r")
                    .query(Boolean.class)
                    .single();
        }

        private long delivered(String customer) {
            return jdbc.sql("select count(*) from order_summary where customer_id = ? and status = 'DELIVERED'")
                    .param(customer)
                    .query(Long.class)
                    .single();
        }

        private String positions() {
            return jdbc.sql("select string_agg(p::text, ';' order by reader, topic, partition) from reader_position p")
                    .query(String.class)
                    .single();
        }

        private String contents() {
            return Stream.of(
                            "order_summary",
                            "order_in_status",
                            "order_product",
                            "order_search",
                            "order_timeline",
                            "product",
                            "hourly_figure",
                            "hourly_delivery_time",
                            "order_change")
                    .map(table -> jdbc.sql("select coalesce(md5(string_agg(r::text, '' order by r::text)), '') from "
                                    + table + " r")
                            .query(String.class)
                            .single())
                    .toList()
                    .toString();
        }
    }

    @Test
    void anEventWithoutItsPredecessorHoldsUpOnlyItsOwnOrder() {
        OrderId broken = newOrder();
        OrderId fine = newOrder();
        events.publish(Topics.ORDERS, Stories.messages("Order", broken, 3, List.of(new OrderConfirmed(broken))));
        publish(fine, Stories.delivered(fine, "ada"));

        assertThat(questions
                        .get("/api/orders/" + fine + "?minVersion=5&wait=20s")
                        .status())
                .isEqualTo(200);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> questions
                        .get("/api/query/parked")
                        .json()
                        .findValuesAsString("sequenceId")
                        .contains(broken.toString()));
    }
}
