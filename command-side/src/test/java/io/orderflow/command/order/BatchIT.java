package io.orderflow.command.order;

import static io.orderflow.command.RunningCommandSide.order;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.command.RunningCommandSide;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BatchIT {

    private static final String NDJSON = "application/x-ndjson";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static RunningCommandSide service;

    @BeforeAll
    static void start() throws Exception {
        service = RunningCommandSide.start();
        service.send("PUT", "/api/products/book", "{\"name\":\"A book\",\"price\":29.99}");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static HttpResponse<String> send(List<String> lines, String... headers) throws Exception {
        return service.post(NDJSON, "/api/orders/batch", String.join("\n", lines), headers);
    }

    private static List<JsonNode> outcomes(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith(NDJSON));
        return answer.body().lines().<JsonNode>map(JSON::readTree).toList();
    }

    private static List<String> orderIds(List<JsonNode> outcomes) {
        return outcomes.stream()
                .map(outcome -> outcome.get("orderId").asString())
                .toList();
    }

    private static long stored() {
        return service.bean(JdbcClient.class)
                .sql("select count(*) from domain_event_entry where payload_type = 'OrderPlaced'")
                .query(Long.class)
                .single();
    }

    private static String problemOf(JsonNode outcome) {
        return outcome.get("problem").get("type").asString().replace("urn:orderflow:problem:", "");
    }

    @Test
    void aThousandOrdersAreStoredWithFarFewerCommits() throws Exception {
        long before = stored();
        long commits = commits();
        List<JsonNode> outcomes = outcomes(send(Collections.nCopies(1000, order("book", 1))));
        assertThat(outcomes)
                .hasSize(1000)
                .allSatisfy(
                        outcome -> assertThat(outcome.get("status").asString()).isEqualTo("PLACED"));
        assertThat(orderIds(outcomes)).doesNotHaveDuplicates();
        assertThat(stored() - before).isEqualTo(1000);
        assertThat(commits() - commits).isLessThan(1000);
    }

    private static long commits() {
        return service.bean(MeterRegistry.class)
                .get("orderflow.store.group")
                .summary()
                .count();
    }

    @Test
    void eachLineIsAnsweredInItsPlaceAndRefusedByItself() throws Exception {
        String mine = UUID.randomUUID().toString();
        String withMyId = order("book", 1).replaceFirst("\\{", "{\"orderId\":\"" + mine + "\",");
        List<JsonNode> outcomes = outcomes(send(List.of(
                order("book", 1),
                "{\"customerId\":",
                order("nothing", 1),
                "",
                order("book", 0),
                "{}",
                withMyId,
                "null")));

        assertThat(outcomes).hasSize(7);
        assertThat(outcomes.get(0).get("status").asString()).isEqualTo("PLACED");
        assertThat(problemOf(outcomes.get(1))).isEqualTo("malformed");
        assertThat(problemOf(outcomes.get(2))).isEqualTo("unknown-product");
        assertThat(outcomes.get(2).get("problem").get("status").asInt()).isEqualTo(422);
        assertThat(problemOf(outcomes.get(3))).isEqualTo("invalid");
        assertThat(outcomes.get(4).get("problem").get("detail").asString()).contains("customerId", "lines");
        assertThat(outcomes.get(5).get("orderId").asString()).isEqualTo(mine);
        assertThat(outcomes.get(5).get("status").asString()).isEqualTo("PLACED");
        assertThat(problemOf(outcomes.get(6))).isEqualTo("malformed");
    }

    @Test
    void theSameKeyPlacesTheSameOrdersOnce() throws Exception {
        List<String> lines = Collections.nCopies(10, order("book", 3));
        String key = UUID.randomUUID().toString();
        long before = stored();
        List<JsonNode> first = outcomes(send(lines, "Idempotency-Key", key));
        List<JsonNode> again = outcomes(send(lines, "Idempotency-Key", key));
        Set<String> distinct = new TreeSet<>(orderIds(first));
        assertThat(again).isEqualTo(first);
        assertThat(distinct).hasSize(10);
        assertThat(stored() - before).isEqualTo(10);
    }

    @Test
    void aLineThatIsTooLongIsRefusedAndTheRestIsNot() throws Exception {
        List<JsonNode> outcomes = outcomes(send(List.of(order("book", 1), "x".repeat(300_000), order("book", 2))));
        assertThat(outcomes).hasSize(3);
        assertThat(problemOf(outcomes.get(1))).isEqualTo("too-large");
        assertThat(outcomes.get(2).get("status").asString()).isEqualTo("PLACED");
    }

    @Test
    void eachLineIsAnsweredBeforeTheNextIsSent() throws Exception {
        try (Socket client = new Socket("localhost", service.port());
                OutputStream out = client.getOutputStream();
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8))) {
            client.setSoTimeout(30_000);
            out.write(
                    "POST /api/orders/batch HTTP/1.1\r\nHost: localhost\r\nContent-Type: %s\r\nTransfer-Encoding: chunked\r\n\r\n"
                            .formatted(NDJSON)
                            .getBytes(StandardCharsets.UTF_8));
            for (int line = 1; line <= 20; line++) {
                String chunk = order("book", line) + "\n";
                out.write("%x\r\n%s\r\n".formatted(chunk.length(), chunk).getBytes(StandardCharsets.UTF_8));
                JsonNode outcome = nextOutcome(in);
                assertThat(outcome.get("line").asInt()).isEqualTo(line);
                assertThat(outcome.get("status").asString()).isEqualTo("PLACED");
            }
        }
    }

    private static JsonNode nextOutcome(BufferedReader answer) throws IOException {
        String line = answer.readLine();
        while (!line.startsWith("{")) { // headers, and sizes of chunks
            line = answer.readLine();
        }
        return JSON.readTree(line);
    }

    @Test
    void farMoreLinesThanAreUnderWayAtOnceArePlaced() throws Exception {
        long before = stored();
        assertThat(outcomes(send(Collections.nCopies(5000, order("book", 1))))).hasSize(5000);
        assertThat(stored() - before).isEqualTo(5000);
    }

    @Test
    void nothingIsAnsweredWithNothing() throws Exception {
        assertThat(outcomes(send(List.of("", "")))).isEmpty();
    }
}
