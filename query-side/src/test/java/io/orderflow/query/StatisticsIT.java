package io.orderflow.query;

import static io.orderflow.query.Stories.line;
import static io.orderflow.query.Stories.newOrder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orderflow.api.order.CancelledBy;
import io.orderflow.api.order.OrderEvent;
import io.orderflow.api.order.OrderEvent.OrderCancelled;
import io.orderflow.api.order.OrderEvent.OrderDelivered;
import io.orderflow.api.order.OrderEvent.OrderPlaced;
import io.orderflow.api.order.OrderEvent.OrderRejected;
import io.orderflow.api.order.OrderEvent.PaymentCaptured;
import io.orderflow.api.order.OrderId;
import io.orderflow.api.order.RejectionReason;
import io.orderflow.api.payment.Money;
import io.orderflow.query.Questions.Answer;
import io.orderflow.query.generation.ServingGeneration;
import java.time.Instant;
import java.util.List;
import org.axonframework.eventhandling.DomainEventMessage;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Figures of days that no other test has events in. */
@QuerySideTest
class StatisticsIT {

    private static final Instant NIGHT = Instant.parse("2031-05-01T23:30:00Z");

    @Autowired
    ServingGeneration tables;

    @Autowired
    Questions questions;

    @Test
    void eventsAreCountedOnceInThePeriodTheyHappenedIn() {
        Money euros = Money.of(2500, "EUR");
        Money yen = Money.of(4000, "JPY");
        apply(
                NIGHT,
                order -> List.of(placed(order, euros), new PaymentCaptured(order, euros), new OrderDelivered(order)));
        apply(NIGHT, order -> List.of(placed(order, yen), new PaymentCaptured(order, yen), new OrderDelivered(order)));
        apply(
                NIGHT.plusSeconds(3600),
                order -> List.of(
                        placed(order, euros), new OrderRejected(order, RejectionReason.OUT_OF_STOCK, "none left")));
        List<DomainEventMessage<?>> cancelled = apply(
                NIGHT.plusSeconds(3600),
                order -> List.of(placed(order, euros), new OrderCancelled(order, CancelledBy.CUSTOMER, null)));
        apply(cancelled); // again

        Answer hours =
                questions.get("/api/statistics/orders?from=2031-05-01T00:00:00Z&to=2031-05-03T00:00:00Z&interval=hour");
        assertThat(hours.json().at("/periods")).hasSize(2);
        assertThat(hours.at("/periods/0/start")).isEqualTo("2031-05-01T23:00:00Z");
        assertThat(hours.at("/periods/0/placed")).isEqualTo("2");
        assertThat(hours.at("/periods/0/delivered")).isEqualTo("2");
        assertThat(hours.at("/periods/0/revenue/0/amount")).isEqualTo("25.00");
        assertThat(hours.at("/periods/0/revenue/1/currency")).isEqualTo("JPY");
        assertThat(hours.at("/periods/1/rejected/OUT_OF_STOCK")).isEqualTo("1");
        assertThat(hours.at("/periods/1/cancelled/CUSTOMER")).isEqualTo("1");
        assertThat(hours.at("/periods/1/ordered/0/amount")).isEqualTo("50.00");
        assertThat(hours.json().at("/periods/1/revenue")).isEmpty();
        assertThat(hours.at("/deliveryTime/orders")).isEqualTo("2");
        assertThat(hours.json().at("/deliveryTime/p95").asDouble()).isCloseTo(2.0, within(0.1));

        String days = "/api/statistics/orders?from=2031-05-01T00:00:00Z&to=2031-05-03T00:00:00Z&interval=day";
        assertThat(questions.get(days).json().at("/periods")).hasSize(2);
        Answer inTokyo = questions.get(days + "&zone=Asia/Tokyo");
        assertThat(inTokyo.json().at("/periods")).hasSize(1);
        assertThat(inTokyo.at("/periods/0/start")).isEqualTo("2031-05-01T15:00:00Z");
        assertThat(inTokyo.at("/periods/0/placed")).isEqualTo("4");
    }

    @Test
    void withoutEventsThereIsNothingToTell() {
        Answer answer = questions.get("/api/statistics/orders?from=1999-01-01T00:00:00Z&to=1999-01-02T00:00:00Z");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().at("/periods")).isEmpty();
        assertThat(answer.json().has("deliveryTime")).isFalse();
    }

    private interface Story {
        List<OrderEvent> of(OrderId order);
    }

    private List<DomainEventMessage<?>> apply(Instant start, Story story) {
        OrderId order = newOrder();
        List<DomainEventMessage<?>> told = Stories.messages("Order", order, 0, story.of(order), start);
        apply(told);
        return told;
    }

    private void apply(List<DomainEventMessage<?>> events) {
        tables.apply(events);
    }

    private static OrderPlaced placed(OrderId order, Money total) {
        return Stories.placed(order, "ada", "ada@example.org", line(1, "pot", "Pot", 1, total));
    }
}
