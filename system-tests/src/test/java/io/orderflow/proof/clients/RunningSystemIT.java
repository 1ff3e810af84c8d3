package io.orderflow.proof.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.proof.books.Books;
import io.orderflow.proof.books.Check;
import io.orderflow.proof.books.Quiet;
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

/** Clients that send nonsense, more than can be taken, or hardly anything at all; and a look at the books meanwhile. */
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

    /** Length of the overload; a minute in the long form. */
    private static final Duration OVERLOAD = Duration.ofSeconds(Integer.getInteger("orderflow.overload.seconds", 10));

    private static final int CLIENTS = 256;
    private static final int LONGEST_WARM_UP = 8;
    private static final int MOST_OPEN = 4000;

    /** Of the event store: who waits longer is refused. */
    private static final double LONGEST_MILLIS = 6000;

    @Test
    void twiceWhatCanBeTakenIsRefusedNotSuffered() throws Exception {
        Crowd crowd = new Crowd(address(Kind.COMMAND_SIDE));
        crowd.prepare();
        Crowd.Answers before = warm(crowd);
        double capacity = before.acceptedInASecond();
        awaitQuiet();
        long memoryBefore = heapAfterCollection();

        Crowd.Answers during = crowd.impatient(2 * capacity, MOST_OPEN, OVERLOAD);

        awaitQuiet(); // what was accepted is still being fulfilled, on the same processors
        long memoryAfter = heapAfterCollection();
        Crowd.Answers after = crowd.patient(CLIENTS, OVERLOAD.dividedBy(2));
        System.out.printf(
                "before %s%nduring %s%nafter  %s%nheap   %,d before, %,d after%n",
                before, during, after, memoryBefore, memoryAfter);
        assertThat(during.refused.sum()).as("refused: " + during).isPositive();
        assertThat(during.wrong).as("answers that must not be").isEmpty();
        assertThat(during.accepted.getTotalCount()).as("accepted: " + during).isPositive();
        assertThat(during.millis(99)).as("slowest accepted: " + during).isLessThan(LONGEST_MILLIS);
        assertThat(memoryAfter).as("heap in use").isLessThan(2 * memoryBefore);
        assertThat(after.acceptedInASecond()).as("afterwards: " + after).isGreaterThan(capacity / 2);
    }

    /** As much as can be taken: asked again until the code does not become faster any more. */
    private static Crowd.Answers warm(Crowd crowd) {
        Crowd.Answers last = crowd.patient(CLIENTS, OVERLOAD);
        Crowd.Answers now = crowd.patient(CLIENTS, OVERLOAD);
        for (int i = 0; i < LONGEST_WARM_UP && now.acceptedInASecond() > 1.1 * last.acceptedInASecond(); i++) {
            last = now;
            now = crowd.patient(CLIENTS, OVERLOAD);
        }
        return now;
    }

    private static void awaitQuiet() throws SQLException {
        assertThat(Quiet.await(sources(), Duration.ofMinutes(2), System.out::println))
                .as("under way")
                .isEmpty();
    }

    private static Sources sources() {
        return Sources.inOneDatabase(system.database().url(), PostgresServer.USER, "", system.bootstrapServers());
    }

    /** Bytes that are in use when all that is dead is gone, by the service's own metrics. */
    private static long heapAfterCollection() {
        ProcessHandle service = ProcessHandle.of(
                        system.nodes(Kind.COMMAND_SIDE).getFirst().pid())
                .orElseThrow();
        try {
            int exit = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "jcmd")
                                    .toString(),
                            Long.toString(service.pid()),
                            "GC.run")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            assertThat(exit).isZero();
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
        Client.Answer answer = new Client(Duration.ofSeconds(10))
                .send(
                        address(Kind.COMMAND_SIDE),
                        "GET",
                        "/actuator/metrics/jvm.memory.used?tag=area:heap",
                        null,
                        Map.of());
        return (long) Double.parseDouble(answer.at("/measurements/0/value"));
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
