package io.orderflow.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.api.order.OrderId;
import io.orderflow.messaging.config.KafkaClients;
import io.orderflow.messaging.config.KafkaSettings;
import io.orderflow.messaging.serialization.ContractSerializer;
import io.orderflow.query.EventClient.Event;
import io.orderflow.servers.KafkaServer;
import io.orderflow.servers.TestServers;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Very many follow all orders on one node; it is killed in the middle of them, and they go to the other one. */
class KilledStreamsIT {

    private static final String STREAM = "/api/orders/stream";
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int CLIENTS = 500;
    private static final int ORDERS = 100;
    private static final int CHANGES = 6 * ORDERS;

    private final KafkaServer kafka = KafkaServer.start(TestServers.temporaryFolder());
    private final String database = TestServers.newDatabase();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<OrderId> orders =
            Stream.generate(Stories::newOrder).limit(ORDERS).toList();
    private final PublishedEvents events = new PublishedEvents(
            new KafkaClients(new KafkaSettings(kafka.bootstrapServers(), 12, (short) -1, Map.of())),
            new ContractSerializer());

    @AfterEach
    void stop() {
        kafka.close();
    }

    @Test
    void everyoneSeesEveryChangeOnceAndInOrder() throws Exception {
        try (QuerySideProcess one = QuerySideProcess.start(database, kafka.bootstrapServers());
                QuerySideProcess other = QuerySideProcess.start(database, kafka.bootstrapServers())) {
            await().atMost(PATIENCE).until(() -> one.isServing() && other.isServing());
            List<EventClient> clients = Stream.generate(() -> new EventClient(http, one.uri(STREAM)))
                    .limit(CLIENTS)
                    .toList();
            for (EventClient client : clients) {
                client.connect();
            }
            await().atMost(PATIENCE)
                    .until(() ->
                            clients.stream().noneMatch(client -> client.lastId().isEmpty()));

            events.publishDelivered(orders, "ada", 0, 3);
            await().atMost(PATIENCE)
                    .until(() ->
                            clients.stream().anyMatch(client -> !client.events().isEmpty()));
            one.close();
            events.publishDelivered(orders, "ada", 3, 6);
            moveTo(other.uri(STREAM), clients);
            await().atMost(PATIENCE)
                    .until(() ->
                            clients.stream().allMatch(client -> client.events().size() >= CHANGES));

            List<Event> seen = clients.getFirst().events();
            assertThat(seen.stream().map(event -> number(event.id())))
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, CHANGES).boxed().toList());
            assertThat(clients).allSatisfy(client -> assertThat(client.events()).isEqualTo(seen));
            for (EventClient client : clients) {
                client.close();
            }
        }
    }

    private static void moveTo(URI node, List<EventClient> clients) throws Exception {
        for (EventClient client : clients) {
            client.moveTo(node);
        }
    }

    private static long number(String id) {
        return Long.parseLong(id.substring(id.indexOf('-') + 1));
    }
}
