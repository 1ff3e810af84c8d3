package io.orderflow.proof.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.proof.books.Books;
import io.orderflow.proof.books.Check;
import io.orderflow.proof.books.Reconciler;
import io.orderflow.proof.books.Sources;
import io.orderflow.proof.clients.Mischief.Request;
import io.orderflow.proof.clients.Operations.Operation;
import io.orderflow.proof.load.Client;
import io.orderflow.proof.load.Load;
import io.orderflow.proof.system.Part.Kind;
import io.orderflow.proof.system.TestedSystem;
import io.orderflow.servers.PostgresServer;
import io.orderflow.servers.TestServers;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Clients that send nonsense, or hardly anything at all; and a look at the books meanwhile. */
class RunningSystemIT {

    private static final int REQUESTS = Integer.getInteger("orderflow.hostile.requests", 10_000);
    private static final int AT_ONCE = 16;
    private static final long SEED = Long.getLong("orderflow.hostile.seed", 11);
    private static final Pattern PLACED = Pattern.compile("\"orderId\":\"([0-9a-f-]{36})\"");
    private static final Pattern IN_A_BATCH =
            Pattern.compile("\"line\":\\d+,\"orderId\":\"([0-9a-f-]{36})\",\"status\":\"PLACED\"");
    private static final Pattern STACK =
            Pattern.compile("\\tat |[a-z]+\\.[a-z]+\\.[a-zA-Z.]+Exception|SQLState|\"trace\"");

    private static TestedSystem system;

    @BeforeAll
    static void start() {
        system = new TestedSystem(Path.of(".."), TestServers.temporaryFolder(), 1, System.out::println);
        system.start();
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    private static URI address(Kind kind) {
        return system.addresses(kind).getFirst();
    }

    @Test
    void nonsenseIsRefusedWithoutAWordAboutOurInsides() throws Exception {
        Client client = new Client(Duration.ofSeconds(10));
        Queue<String> wrong = new ConcurrentLinkedQueue<>();
        Set<String> accepted = ConcurrentHashMap.newKeySet();
        accepted.addAll(stored());
        Random random = new Random(SEED);
        try (ExecutorService threads =
                Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            List<Future<?>> sent = new ArrayList<>();
            for (Kind kind : List.of(Kind.COMMAND_SIDE, Kind.QUERY_SIDE, Kind.SAGA)) {
                Operations operations = new Operations(client.send(address(kind), "GET", "/v3/api-docs", null, Map.of())
                        .body());
                assertThat(operations.all()).as("operations of " + kind).isNotEmpty();
                int share = kind == Kind.COMMAND_SIDE ? REQUESTS * 3 / 5 : REQUESTS / 5;
                for (int i = 0; i < share; i++) {
                    Operation operation =
                            operations.all().get(i % operations.all().size());
                    JsonNode example = operation.body() == null
                            ? JsonNodeFactory.instance.objectNode()
                            : operations.example(operation.body(), random);
                    Request request = new Mischief(random).request(operation, example);
                    sent.add(threads.submit(() -> judge(kind, request, wrong, accepted)));
                }
            }
            for (Future<?> one : sent) {
                one.get();
            }
        }
        assertThat(wrong).as("answers that must not be").isEmpty();
        assertThat(stored()).as("orders in the store").isEqualTo(new HashSet<>(accepted));
    }

    private static void judge(Kind kind, Request request, Queue<String> wrong, Set<String> accepted) {
        RawHttp.Answer answer = new RawHttp(address(kind)).send(request);
        if (answer.status() == 0
                || answer.status() >= 500
                || STACK.matcher(answer.text()).find()) {
            wrong.add(kind + " " + shortened(request) + " -> " + shortened(answer.text()));
        }
        IN_A_BATCH.matcher(answer.text()).results().forEach(line -> accepted.add(line.group(1)));
        Matcher order = PLACED.matcher(answer.text());
        if (answer.status() == 201 && order.find()) {
            accepted.add(order.group(1));
        }
    }

    private static String shortened(Request request) {
        return request.method() + " " + shortened(request.path()) + " " + request.headers() + " "
                + shortened(new String(request.body(), StandardCharsets.UTF_8));
    }

    private static String shortened(String text) {
        return text.substring(0, Math.min(text.length(), 400));
    }

    private static Set<String> stored() throws Exception {
        Set<String> stored = new HashSet<>();
        try (Connection connection = system.database().connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select aggregate_identifier from command.domain_event_entry"
                        + " where type = 'Order' and sequence_number = 0")) {
            while (rows.next()) {
                stored.add(rows.getString(1));
            }
        }
        return stored;
    }

    @Test
    void thoseWhoSendAByteNowAndThenKeepNobodyWaiting() throws Exception {
        Client client = new Client(Duration.ofSeconds(5));
        RawHttp http = new RawHttp(address(Kind.COMMAND_SIDE));
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 500; i++) {
                Socket socket = http.connect();
                socket.getOutputStream()
                        .write("POST /api/orders HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{"
                                .getBytes(StandardCharsets.ISO_8859_1));
                slow.add(socket);
            }
            for (int i = 0; i < 50; i++) {
                Client.Answer answer = client.send(
                        address(Kind.COMMAND_SIDE),
                        "POST",
                        "/api/orders",
                        "{\"customerId\":\"ada\",\"lines\":[]}",
                        Map.of());
                assertThat(answer.status()).isEqualTo(422);
            }
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    private static Sources sources() {
        return Sources.inOneDatabase(system.database().url(), PostgresServer.USER, "", system.bootstrapServers());
    }

    private static Books look() throws SQLException {
        return new Reconciler(sources(), false, Duration.ofSeconds(30), System.out::println)
                .reconcile()
                .books();
    }

    private static String failing(Books books) {
        return books.checks().stream()
                .filter(check -> !check.passes())
                .map(Check::toString)
                .collect(Collectors.joining("\n"));
    }

    @Test
    void theBooksAgreeWhileOrdersAreUnderWayAndAForgeryIsFound() throws Exception {
        try (Load load = new Load(system.addresses(Kind.COMMAND_SIDE), system.addresses(Kind.QUERY_SIDE))) {
            load.begin(8, 50, SEED);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> load.promises().accepted().size() > 100);
            assertThat(failing(look())).isEmpty();

            String order = load.promises().accepted().iterator().next().orderId();
            system.database()
                    .execute("update query.order_timeline set event_id = gen_random_uuid() where version = 0"
                            + " and order_id = '" + order + "'");
            assertThat(failing(look())).contains("timelines-are-the-store").contains(order);
        }
    }
}
