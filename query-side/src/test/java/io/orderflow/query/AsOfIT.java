package io.orderflow.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.api.order.CancelledBy;
import io.orderflow.api.order.Note;
import io.orderflow.api.order.OrderEvent;
import io.orderflow.api.order.OrderEvent.OrderCancelled;
import io.orderflow.api.order.OrderEvent.OrderRejected;
import io.orderflow.api.order.OrderEvent.PaymentDeclined;
import io.orderflow.api.order.OrderId;
import io.orderflow.api.order.RejectionReason;
import io.orderflow.messaging.config.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is said of the past, compared with what was said when it was the present. */
@QuerySideTest
class AsOfIT {

    private static final int ORDERS = 500;

    @Autowired
    PublishedEvents events;

    @Autowired
    Questions questions;

    private final JsonMapper json = new JsonMapper();

    @Test
    void everyStateThatAnOrderWasSeenInIsToldAgain() {
        String customer = "as-of-" + Stories.newOrder();
        List<List<DomainEventMessage<?>>> stories = IntStream.range(0, ORDERS)
                .mapToObj(number -> {
                    OrderId order = Stories.newOrder();
                    return Stories.ofOrder(order, story(number, order, customer));
                })
                .toList();
        List<JsonNode> seen = new ArrayList<>();
        for (int round = 0; round < 6; round++) {
            seen.addAll(publishRound(stories, customer, round));
        }

        assertThat(seen).hasSizeGreaterThan(4 * ORDERS);
        for (JsonNode then : seen) {
            String order = "/api/orders/" + then.at("/orderId").asString();
            assertThat(questions
                            .get(order + "?asOf=" + then.at("/version").asInt())
                            .json())
                    .isEqualTo(then);
            assertThat(questions
                            .get(order + "?asOf=" + then.at("/updatedAt").asString())
                            .json())
                    .isEqualTo(then);
        }
    }

    /** Publishes one event of each order that has so many, and returns all orders as they are then. */
    private List<JsonNode> publishRound(List<List<DomainEventMessage<?>>> stories, String customer, int round) {
        List<DomainEventMessage<?>> next = stories.stream()
                .filter(story -> story.size() > round)
                .<DomainEventMessage<?>>map(story -> story.get(round))
                .toList();
        events.publish(Topics.ORDERS, next);
        for (DomainEventMessage<?> event : next) {
            String order = "/api/orders/" + event.getAggregateIdentifier();
            assertThat(questions
                            .get(order + "?minVersion=" + round + "&wait=20s")
                            .status())
                    .isEqualTo(200);
        }
        return questions
                .text("/api/orders/export?customerId=" + customer)
                .body()
                .lines()
                .map(json::readTree)
                .toList();
    }

    private static List<OrderEvent> story(int number, OrderId order, String customer) {
        List<OrderEvent> delivered = Stories.delivered(order, customer);
        return switch (number % 4) {
            case 0 ->
                List.of(
                        delivered.getFirst(),
                        new PaymentDeclined(order, "card expired"),
                        new OrderRejected(order, RejectionReason.PAYMENT_DECLINED, "card expired"));
            case 1 ->
                List.of(
                        delivered.getFirst(),
                        delivered.get(1),
                        new OrderCancelled(order, CancelledBy.CUSTOMER, new Note("found it cheaper")));
            default -> delivered;
        };
    }
}
