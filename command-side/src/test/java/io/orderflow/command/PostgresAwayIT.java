package io.orderflow.command;

import static io.orderflow.command.RunningCommandSide.assertProblem;
import static io.orderflow.command.RunningCommandSide.json;
import static io.orderflow.command.RunningCommandSide.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.api.inventory.Sku;
import io.orderflow.command.catalogue.Catalogue;
import io.orderflow.command.store.CuttableProxy;
import io.orderflow.servers.TestServers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a client hears while PostgreSQL is away: never a success that is none, and always what to do. */
class PostgresAwayIT {

    private static final int AT_ONCE = 4;

    private static CuttableProxy network;
    private static RunningCommandSide service;

    private final String key = UUID.randomUUID().toString();

    @BeforeAll
    static void start() throws Exception {
        network = new CuttableProxy(TestServers.newDatabase());
        service = RunningCommandSide.on(
                network.jdbcUrl(), "orderflow.store.limit=2s", "orderflow.commands.at-once=" + AT_ONCE);
        service.send("PUT", "/api/products/book", "{\"name\":\"A book\",\"price\":29.99}");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> service.bean(Catalogue.class).find(new Sku("book")).isPresent());
    }

    @AfterAll
    static void stop() throws Exception {
        service.close();
        network.close();
    }

    @AfterEach
    void bringBack() {
        network.up();
    }

    private HttpResponse<String> placeOrder() throws Exception {
        return service.send("POST", "/api/orders", order("book", 1), "Idempotency-Key", key);
    }

    private static void assertRetriable(HttpResponse<String> response, String problem) {
        assertProblem(response, 503, problem);
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
    }

    private static long timesPlaced(HttpResponse<String> placed) {
        return service.bean(JdbcClient.class)
                .sql("select count(*) from domain_event_entry where aggregate_identifier = ?")
                .param(json(placed).get("orderId").asString())
                .query(Long.class)
                .single();
    }

    private void assertThatTheSameKeySucceedsOnce() throws Exception {
        HttpResponse<String> placed = placeOrder();
        HttpResponse<String> again = placeOrder();
        assertThat(placed.statusCode()).as(placed.body()).isEqualTo(201);
        assertThat(again.statusCode()).as(again.body()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(placed.body());
        assertThat(timesPlaced(placed)).isEqualTo(1);
    }

    @Test
    void anOrderIsRefusedUntilItIsBackAndThenTheSameKeySucceedsOnce() throws Exception {
        network.down();
        // sent into a connection that was lost meanwhile: whether it has arrived nobody can say
        HttpResponse<String> first = placeOrder();
        assertThat(first.statusCode()).as(first.body()).isEqualTo(503);
        assertThat(first.headers().firstValue("Retry-After")).isPresent();
        // from now on it is known that there is no connection
        assertRetriable(placeOrder(), "unavailable");
        network.up();
        assertThatTheSameKeySucceedsOnce();
    }

    @Test
    void whatMustBeReadFirstIsRefusedInTheSameWay() throws Exception {
        network.down();
        String somebodys = "/api/orders/" + UUID.randomUUID() + "/cancel";
        assertRetriable(service.send("POST", somebodys, "{}"), "unavailable");
        // it may be in the catalogue by now: nobody can say
        assertRetriable(service.send("POST", "/api/orders", order("unheard-of", 1)), "unavailable");
        assertRetriable(service.send("GET", "/api/command/parked", ""), "unavailable");
    }

    @Test
    void whoComesWhenTooManyWaitAlreadyIsRefusedAtOnceAndNobodyAfterwards() throws Exception {
        network.down();
        List<Future<HttpResponse<String>>> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 10 * AT_ONCE; i++) {
                all.add(threads.submit(() -> service.send("POST", "/api/orders", order("book", 1))));
            }
        }
        List<String> refused = new ArrayList<>();
        for (Future<HttpResponse<String>> one : all) {
            HttpResponse<String> answer = one.get();
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            if (answer.body().contains("too many commands at once")) {
                assertProblem(answer, 429, "overloaded");
                refused.add(answer.body());
            }
        }
        assertThat(refused).hasSizeBetween(1, all.size() - AT_ONCE);
        network.up();
        assertThatTheSameKeySucceedsOnce();
    }

    @Test
    void whileTooManyWaitNobodyElsesBodyIsEvenRead() throws Exception {
        String broken = "{";
        assertThat(service.send("POST", "/api/orders", broken).statusCode()).isEqualTo(400);
        network.down();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<HttpResponse<String>>> waiting = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                waiting.add(threads.submit(() -> service.send("POST", "/api/orders", order("book", 1))));
            }
            await().until(
                            () -> service.send("POST", "/api/orders", broken),
                            answer -> answer.statusCode() == 429
                                    && answer.headers()
                                            .firstValue("Retry-After")
                                            .isPresent());
        }
    }

    @Test
    void itIsNotReadyWhilePostgresIsAwayAndReadyAgainAfterwards() throws Exception {
        network.down();
        assertThat(service.send("GET", "/actuator/health/readiness", "").statusCode())
                .isEqualTo(503);
        assertThat(service.send("GET", "/actuator/health/liveness", "").statusCode())
                .isEqualTo(200);
        network.up();
        await().atMost(Duration.ofSeconds(20))
                .until(() ->
                        service.send("GET", "/actuator/health/readiness", "").statusCode() == 200);
    }

    @Test
    void aConnectionLostAfterTheCommitIsASuccessAndStoredOnce() throws Exception {
        network.swallowAnswers(1);
        HttpResponse<String> placed = placeOrder();
        assertThat(network.answersLeftToSwallow()).isZero();
        assertThat(placed.statusCode()).as(placed.body()).isEqualTo(201);
        assertThat(timesPlaced(placed)).isEqualTo(1);
    }

    @Test
    void anAnswerThatDoesNotComeInTimeIsAnUnknownOutcomeAndTheSameKeyFindsWhatIsStored() throws Exception {
        network.goDownAtNextAnswer();
        HttpResponse<String> unknown = placeOrder();
        assertThat(network.answersLeftToSwallow()).isZero();
        assertRetriable(unknown, "outcome-unknown");
        network.up();
        assertThat(timesPlaced(unknown)).isEqualTo(1);
        HttpResponse<String> found = placeOrder();
        assertThat(json(found).get("orderId")).isEqualTo(json(unknown).get("orderId"));
        assertThatTheSameKeySucceedsOnce();
    }
}
