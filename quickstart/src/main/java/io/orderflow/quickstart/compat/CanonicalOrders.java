package io.orderflow.quickstart.compat;

import io.orderflow.quickstart.frontdoor.ServiceClient;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The canonical API, as far as the translations need it. */
class CanonicalOrders {

    private final ServiceClient client;
    private final JsonMapper mapper = new JsonMapper();

    CanonicalOrders(ServiceClient client) {
        this.client = client;
    }

    /** An order that is on disk. */
    record Placed(String orderId, Instant at) {}

    /** @throws Refused when the canonical API does not answer 201 */
    Placed place(CanonicalOrder order) {
        HttpResponse<String> answer = client.post("/api/orders", mapper.writeValueAsString(order));
        if (answer.statusCode() != HttpStatus.CREATED.value()) {
            throw new Refused(answer);
        }
        JsonNode placed = mapper.readTree(answer.body());
        return new Placed(placed.path("orderId").asString(), dateOf(answer));
    }

    private static Instant dateOf(HttpResponse<String> answer) {
        String date = answer.headers().firstValue(HttpHeaders.DATE).orElseThrow();
        return ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    }

    /** The status of an order; an order that was placed a moment ago is waited for. Empty when there is none. */
    Optional<String> findStatus(String orderId) {
        HttpResponse<String> answer = client.get("/api/orders/" + orderId + "?minVersion=0&wait=1s");
        if (answer.statusCode() == HttpStatus.OK.value()) {
            return Optional.of(mapper.readTree(answer.body()).path("status").asString());
        }
        if (answer.statusCode() == HttpStatus.NOT_FOUND.value() || answer.statusCode() == HttpStatus.ACCEPTED.value()) {
            return Optional.empty(); // there is none, or it has not arrived at the query side
        }
        throw new Refused(answer);
    }
}
