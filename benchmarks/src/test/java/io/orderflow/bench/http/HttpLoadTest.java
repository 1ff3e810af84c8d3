package io.orderflow.bench.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpLoadTest {

    private static final byte[] REQUEST =
            "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}".getBytes(StandardCharsets.US_ASCII);
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger asked = new AtomicInteger();
    private HttpServer server;
    private URI address;

    @BeforeEach
    void start() throws IOException {
        listen(0);
    }

    /** Answers by turns with a known length, in chunks, with a refusal, and by closing the connection afterwards. */
    private void listen(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            int turn = asked.getAndIncrement() % 4;
            exchange.getRequestBody().readAllBytes();
            if (turn == 3) {
                exchange.getResponseHeaders().set("Connection", "close");
            }
            byte[] body = "answer".getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(turn == 2 ? 503 : 201, turn == 1 ? 0 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.close();
    }

    @Test
    void understandsAnswersOfKnownLengthAndInChunksAndComesBackAfterTheConnectionWasClosed() {
        try (HttpLoad load = new HttpLoad(address, 1, () -> ByteBuffer.wrap(REQUEST))) {
            Load done = load.closed(LIMIT, 40);
            assertThat(done.accepted()).isEqualTo(30);
            assertThat(done.refused()).isEqualTo(10);
            assertThat(done.statuses()).containsEntry(503, 10L).containsEntry(201, 30L);
        }
    }

    @Test
    void countsTheWaitOfRequestsThatWereDueAndNeverSent() {
        try (HttpLoad load = new HttpLoad(address, 1, () -> ByteBuffer.wrap(REQUEST))) {
            Load done = load.open(1e6, Duration.ofMillis(200));
            assertThat(done.accepted() + done.refused() + done.unsent()).isEqualTo(200_000);
            assertThat(done.latencies().getTotalCount()).isEqualTo(200_000);
        }
    }

    @Test
    void ofAFloodThoseWhoFindAllConnectionsBusyGoAwayAndDoNotWait() {
        try (HttpLoad load = new HttpLoad(address, 1, () -> ByteBuffer.wrap(REQUEST))) {
            Load done = load.flood(1e6, Duration.ofMillis(200));
            assertThat(done.accepted() + done.refused() + done.unsent()).isEqualTo(200_000);
            assertThat(done.unsent()).isPositive();
            assertThat(done.latencies().getTotalCount()).isLessThan(200_000);
        }
    }

    @Test
    void opensConnectionsAgainThatWereClosedWhileTheyWereIdle() throws IOException {
        try (HttpLoad load = new HttpLoad(address, 2, () -> ByteBuffer.wrap(REQUEST))) {
            load.closed(LIMIT, 2); // neither of them says that its connection is to be closed
            server.stop(0);
            listen(address.getPort());
            Load done = load.closed(LIMIT, 2);
            assertThat(done.accepted() + done.refused()).isEqualTo(2);
        }
    }
}
