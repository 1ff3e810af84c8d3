package io.orderflow.query;

import static io.orderflow.query.Stories.newOrder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.api.order.OrderId;
import io.orderflow.messaging.config.Topics;
import io.orderflow.query.EventClient.Event;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

@QuerySideTest
class StreamsIT {

    private static final int CLIENTS = Integer.getInteger("orderflow.streams.clients", 100);
    private static final int ORDERS = Integer.getInteger("orderflow.streams.orders", 200);

    @Autowired
    PublishedEvents events;

    @Autowired
    Questions questions;

    @Autowired
    JdbcClient jdbc;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final JsonMapper json = new JsonMapper();

    @Test
    void everyClientSeesEveryChangeOnceAndInOrderHoweverOftenItIsCutOff() throws Exception {
        List<EventClient> clients = Stream.generate(() -> new EventClient(http, questions.uri("/api/orders/stream")))
                .limit(CLIENTS)
                .toList();
        for (EventClient client : clients) {
            client.connect();
        }
        await().until(() -> clients.stream().noneMatch(client -> client.lastId().isEmpty()));
        long before = number(clients.getFirst().lastId());
        assertThat(clients)
                .allSatisfy(client -> assertThat(number(client.lastId())).isEqualTo(before));
        AtomicBoolean done = new AtomicBoolean();
        Thread cutter = Thread.ofVirtual().start(() -> cutAndConnect(clients, done));
        List<OrderId> orders = Stream.generate(Stories::newOrder).limit(ORDERS).toList();
        events.publishDelivered(orders, "ada", 0, 6);
        int changes = 6 * ORDERS;
        await().atMost(Duration.ofMinutes(1)).until(() -> lastNumber() == before + changes);
        done.set(true);
        cutter.join();
        await().atMost(Duration.ofMinutes(1))
                .until(() -> clients.stream().allMatch(client -> client.events().size() >= changes));

        List<Long> expected =
                LongStream.rangeClosed(before + 1, before + changes).boxed().toList();
        List<Event> seen = clients.getFirst().events();
        assertThat(clients).allSatisfy(client -> {
            assertThat(client.events().stream().map(event -> number(event.id())))
                    .containsExactlyElementsOf(expected);
            assertThat(client.events()).isEqualTo(seen);
        });
        for (OrderId order : orders) {
            assertThat(seen.stream()
                            .map(event -> json.readTree(event.data()))
                            .filter(data -> data.at("/orderId").asString().equals(order.toString()))
                            .map(data -> data.at("/version").asInt()))
                    .containsExactly(0, 1, 2, 3, 4, 5);
        }
        for (EventClient client : clients) {
            client.close();
        }
    }

    private void cutAndConnect(List<EventClient> clients, AtomicBoolean done) {
        try {
            while (!done.get()) {
                EventClient unlucky = clients.get(ThreadLocalRandom.current().nextInt(clients.size()));
                unlucky.cut();
                unlucky.connect();
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aStreamOfOneCustomerTellsOnlyOfThatCustomerAndResumesBehindTheOthers() throws Exception {
        String customer = "customer-" + newOrder();
        try (EventClient client = new EventClient(http, questions.uri("/api/orders/stream?customerId=" + customer))) {
            client.connect();
            OrderId others = newOrder();
            OrderId own = newOrder();
            publish(own, customer);
            publish(others, "somebody");
            await().atMost(Duration.ofSeconds(20)).until(() -> client.events().size() == 6);
            await().atMost(Duration.ofSeconds(20)).until(() -> number(client.lastId()) == lastNumber());
            assertThat(client.events())
                    .allSatisfy(event -> assertThat(event.data()).contains(own.toString()));
        }
    }

    @Test
    void theStreamOfAnOrderTellsItsStoryAndGoesOn() throws Exception {
        OrderId order = newOrder();
        List<DomainEventMessage<?>> story = Stories.ofOrder(order, Stories.delivered(order, "ada"));
        events.publish(Topics.ORDERS, story.subList(0, 2));
        questions.get("/api/orders/" + order + "?minVersion=1&wait=20s");
        try (EventClient client = new EventClient(http, questions.uri("/api/orders/" + order + "/stream"))) {
            client.connect();
            await().until(() -> client.events().size() == 2);
            client.cut();
            events.publish(Topics.ORDERS, story.subList(2, 4));
            client.connect();
            events.publish(Topics.ORDERS, story.subList(4, 6));
            await().atMost(Duration.ofSeconds(20)).until(() -> client.events().size() == 6);

            assertThat(client.events().stream().map(Event::id)).containsExactly("0", "1", "2", "3", "4", "5");
            assertThat(json.readTree(client.events().getLast().data())
                            .at("/sentence")
                            .asString())
                    .isEqualTo("The parcel was delivered.");
        }
    }

    @Test
    void aStreamWithoutChangesStaysAlive() throws Exception {
        OrderId order = newOrder();
        publish(order, "ada");
        questions.get("/api/orders/" + order + "?minVersion=5&wait=20s");
        try (EventClient client = new EventClient(http, questions.uri("/api/orders/" + order + "/stream"));
                EventClient all = new EventClient(http, questions.uri("/api/orders/stream"))) {
            client.connect();
            all.connect();
            await().atMost(Duration.ofSeconds(20)).until(() -> client.heartbeats() > 1 && all.heartbeats() > 1);
        }
    }

    /** What a sequence would lose: the transaction that took its numbers first commits last. */
    @Test
    void aHigherNumberIsNeverVisibleBeforeALowerOne() throws Exception {
        long before = lastNumber();
        List<Long> followed = new ArrayList<>();
        AtomicBoolean done = new AtomicBoolean();
        Thread follower = Thread.ofPlatform().start(() -> {
            long last = before;
            while (!done.get() || last < lastNumber()) {
                List<Long> found = jdbc.sql("select number from order_change where number > ? order by number")
                        .param(last)
                        .query(Long.class)
                        .list();
                followed.addAll(found);
                last = found.isEmpty() ? last : found.getLast();
            }
        });
        List<List<OrderId>> writers = IntStream.range(0, 8)
                .mapToObj(i -> Stream.generate(Stories::newOrder).limit(20).toList())
                .toList();
        // single events over twelve partitions and two reader threads: many small transactions side by side
        for (int i = 0; i < 20; i++) {
            for (List<OrderId> writer : writers) {
                events.publish(
                        Topics.ORDERS, Stories.ofOrder(writer.get(i), List.of(Stories.placed(writer.get(i), "ada"))));
            }
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> lastNumber() == before + 160);
        done.set(true);
        follower.join();

        assertThat(followed)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(before + 1, before + 160).boxed().toList());
    }

    private void publish(OrderId order, String customer) {
        events.publish(Topics.ORDERS, Stories.ofOrder(order, Stories.delivered(order, customer)));
    }

    private long lastNumber() {
        return jdbc.sql("select last_number from change_feed").query(Long.class).single();
    }

    private static long number(String id) {
        return Long.parseLong(id.substring(id.indexOf('-') + 1));
    }
}
