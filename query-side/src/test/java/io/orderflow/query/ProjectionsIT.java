package io.orderflow.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderflow.api.inventory.InventoryEvent.StockReleased;
import io.orderflow.api.inventory.InventoryEvent.StockReserved;
import io.orderflow.api.inventory.InventoryEvent.StockSold;
import io.orderflow.api.inventory.Quantity;
import io.orderflow.api.inventory.Sku;
import io.orderflow.api.order.CancelledBy;
import io.orderflow.api.order.Note;
import io.orderflow.api.order.OrderEvent;
import io.orderflow.api.order.OrderEvent.OrderCancelled;
import io.orderflow.api.order.OrderEvent.OrderConfirmed;
import io.orderflow.api.order.OrderId;
import io.orderflow.query.generation.ServingGeneration;
import io.orderflow.query.projection.InconsistentHistoryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.axonframework.eventhandling.DomainEventMessage;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@QuerySideTest
class ProjectionsIT {

    @Autowired
    ServingGeneration tables;

    @Autowired
    JdbcClient jdbc;

    private final OrderId order = Stories.newOrder();

    @Test
    void aWholeStoryInOneBatchIsOneRowAndItsTimeline() {
        apply(Stories.ofOrder(order, Stories.delivered(order, "ada")));

        assertThat(summary())
                .containsEntry("status", "DELIVERED")
                .containsEntry("payment", "CAPTURED")
                .containsEntry("tracking_number", "track-1")
                .containsEntry("total_amount", 5998L)
                .containsEntry("version", 5L);
        assertThat(timeline())
                .containsExactly(
                        "OrderPlaced",
                        "PaymentAuthorized",
                        "OrderConfirmed",
                        "OrderShipped",
                        "PaymentCaptured",
                        "OrderDelivered");
    }

    @Test
    void oneEventAtATimeGivesTheSameRow() {
        Stories.ofOrder(order, Stories.delivered(order, "ada")).forEach(event -> apply(List.of(event)));

        assertThat(summary()).containsEntry("status", "DELIVERED").containsEntry("version", 5L);
        assertThat(timeline()).hasSize(6);
    }

    @Test
    void anOrderThatWasCalledOffSaysByWhomAndWhy() {
        apply(Stories.ofOrder(
                order,
                List.of(
                        Stories.placed(order, "ada"),
                        new OrderCancelled(order, CancelledBy.CUSTOMER, new Note("too late")))));

        assertThat(summary())
                .containsEntry("status", "CANCELLED")
                .containsEntry("reason", "CANCELLED_BY_CUSTOMER")
                .containsEntry("detail", "too late");
    }

    @Test
    void aRepeatChangesNothing() {
        List<DomainEventMessage<?>> story = Stories.ofOrder(order, Stories.delivered(order, "ada"));
        apply(story.subList(0, 4));
        Map<String, Object> before = summary();

        apply(story.subList(0, 4));
        assertThat(summary()).isEqualTo(before);

        apply(story);
        assertThat(summary()).containsEntry("status", "DELIVERED");
        assertThat(timeline()).hasSize(6);
    }

    @Test
    void aMissingEventIsNoticedAndNothingOfTheBatchIsWritten() {
        List<DomainEventMessage<?>> story = Stories.ofOrder(order, Stories.delivered(order, "ada"));
        List<DomainEventMessage<?>> withAHole = new ArrayList<>(story);
        withAHole.remove(2);

        assertThatThrownBy(() -> apply(withAHole))
                .isInstanceOf(InconsistentHistoryException.class)
                .hasMessageContaining(order.toString())
                .hasMessageContaining("at version 1");
        assertThat(timeline()).isEmpty();
    }

    @Test
    void anotherEventInThePlaceOfAnAppliedOneIsNoticed() {
        List<OrderEvent> story = Stories.delivered(order, "ada");
        apply(Stories.ofOrder(order, story));

        assertThatThrownBy(() -> apply(Stories.messages("Order", order, 5, List.of(new OrderConfirmed(order)))))
                .isInstanceOf(InconsistentHistoryException.class)
                .hasMessageContaining("contradicts");
    }

    @Test
    void stockFollowsReservations() {
        Sku sku = new Sku("sku-" + UUID.randomUUID().toString().substring(0, 8));
        List<Object> events = new ArrayList<>(Stories.stocked(sku, 10));
        events.add(new StockReserved(sku, order, 1, new Quantity(3)));
        events.add(new StockReserved(sku, order, 2, new Quantity(4)));
        events.add(new StockReleased(sku, order, 1, 3));
        events.add(new StockSold(sku, order, 2, new Quantity(4)));
        List<DomainEventMessage<?>> messages = Stories.messages("StockItem", sku, 0, events);
        apply(messages.subList(0, 4));
        assertThat(product(sku)).containsEntry("on_hand", 10).containsEntry("reserved", 7);

        apply(messages);
        assertThat(product(sku))
                .containsEntry("on_hand", 6)
                .containsEntry("reserved", 0)
                .containsEntry("version", 5L);
    }

    private void apply(List<DomainEventMessage<?>> events) {
        tables.apply(events);
    }

    private Map<String, Object> summary() {
        return jdbc.sql("select * from order_summary where order_id = ?")
                .param(order.value())
                .query()
                .singleRow();
    }

    private List<String> timeline() {
        return jdbc.sql("select type from order_timeline where order_id = ? order by version")
                .param(order.value())
                .query(String.class)
                .list();
    }

    private Map<String, Object> product(Sku sku) {
        return jdbc.sql("select * from product where sku = ?")
                .param(sku.value())
                .query()
                .singleRow();
    }
}
