package io.orderflow.saga.fulfilment;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.api.inventory.InventoryCommand.ReleaseStock;
import io.orderflow.api.inventory.InventoryCommand.ReserveStock;
import io.orderflow.api.inventory.InventoryCommand.SellStock;
import io.orderflow.api.inventory.InventoryEvent.StockReservationRefused;
import io.orderflow.api.inventory.InventoryEvent.StockReserved;
import io.orderflow.api.inventory.ProductName;
import io.orderflow.api.inventory.Quantity;
import io.orderflow.api.inventory.Sku;
import io.orderflow.api.order.CancelledBy;
import io.orderflow.api.order.CustomerId;
import io.orderflow.api.order.EmailAddress;
import io.orderflow.api.order.OrderCommand.ConfirmOrder;
import io.orderflow.api.order.OrderCommand.RejectOrder;
import io.orderflow.api.order.OrderEvent.OrderCancelled;
import io.orderflow.api.order.OrderEvent.OrderConfirmed;
import io.orderflow.api.order.OrderEvent.OrderDelivered;
import io.orderflow.api.order.OrderEvent.OrderPlaced;
import io.orderflow.api.order.OrderEvent.OrderRejected;
import io.orderflow.api.order.OrderEvent.OrderShipped;
import io.orderflow.api.order.OrderEvent.PaymentAuthorized;
import io.orderflow.api.order.OrderEvent.PaymentCaptured;
import io.orderflow.api.order.OrderEvent.PaymentDeclined;
import io.orderflow.api.order.OrderId;
import io.orderflow.api.order.OrderLine;
import io.orderflow.api.order.RejectionReason;
import io.orderflow.api.payment.AuthorizationId;
import io.orderflow.api.payment.Money;
import io.orderflow.api.shipping.CarrierName;
import io.orderflow.api.shipping.TrackingNumber;
import io.orderflow.saga.notification.NotificationStep;
import io.orderflow.saga.payment.PaymentStep;
import io.orderflow.saga.shipping.ShippingStep;
import io.orderflow.saga.work.Commands;
import io.orderflow.saga.work.RequestedWork;
import java.util.List;
import java.util.UUID;
import org.axonframework.test.saga.SagaTestFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class OrderFulfilmentSagaTest {

    private static final OrderId ORDER = new OrderId(UUID.randomUUID());
    private static final Sku PEN = new Sku("PEN");
    private static final Sku INK = new Sku("INK");
    private static final Money TOTAL = Money.of(2500, "EUR");
    private static final AuthorizationId AUTHORIZATION = new AuthorizationId("auth-1");

    private static final OrderPlaced PLACED = new OrderPlaced(
            ORDER,
            new CustomerId("c-1"),
            new EmailAddress("c@example.org"),
            null,
            List.of(line(1, PEN, 2, 1000), line(2, INK, 1, 500)),
            TOTAL);
    private static final StockReserved PEN_RESERVED = new StockReserved(PEN, ORDER, 1, new Quantity(2));
    private static final StockReserved INK_RESERVED = new StockReserved(INK, ORDER, 2, new Quantity(1));
    private static final PaymentAuthorized AUTHORIZED = new PaymentAuthorized(ORDER, AUTHORIZATION, TOTAL);
    private static final OrderConfirmed CONFIRMED = new OrderConfirmed(ORDER);
    private static final OrderShipped SHIPPED = new OrderShipped(ORDER, CarrierName.FIRST, new TrackingNumber("T-1"));
    private static final OrderCancelled CANCELLED = new OrderCancelled(ORDER, CancelledBy.CUSTOMER, null);

    private final SagaTestFixture<OrderFulfilmentSaga> fixture = new SagaTestFixture<>(OrderFulfilmentSaga.class);
    private final RequestedWork work = new RequestedWork();

    private static OrderLine line(int number, Sku sku, int quantity, long price) {
        return new OrderLine(
                number, sku, new ProductName(sku.value()), new Quantity(quantity), Money.of(price, "EUR"), true);
    }

    @BeforeEach
    void registerSteps() {
        fixture.registerResource(new Commands(fixture.getCommandBus()));
        fixture.registerResource(new PaymentStep(RequestedWork.nobody()));
        fixture.registerResource(new ShippingStep(RequestedWork.nobody(), java.time.Duration.ZERO));
        fixture.registerResource(new NotificationStep(RequestedWork.nobody()));
    }

    /** Handles {@code event} after {@code past}; only what is requested by it is kept. */
    private org.axonframework.test.saga.FixtureExecutionResult when(Object event, Object... past) {
        return work.collect(() -> {
            var given = fixture.givenAggregate(ORDER.toString()).published(past);
            work.forget();
            return given.whenAggregate(ORDER.toString()).publishes(event);
        });
    }

    @Nested
    class On_the_happy_path {

        @Test
        void a_placed_order_reserves_stock_before_anything_else() {
            when(PLACED)
                    .expectDispatchedCommands(
                            new ReserveStock(PEN, ORDER, 1, new Quantity(2)),
                            new ReserveStock(INK, ORDER, 2, new Quantity(1)));
            assertThat(work.steps()).isEmpty();
        }

        @Test
        void part_of_the_stock_is_not_enough_to_authorize() {
            when(PEN_RESERVED, PLACED).expectNoDispatchedCommands();
            assertThat(work.steps()).isEmpty();
        }

        @Test
        void all_of_the_stock_authorizes_the_amount() {
            when(INK_RESERVED, PLACED, PEN_RESERVED).expectNoDispatchedCommands();
            assertThat(work.steps()).containsExactly("payment Authorize");
        }

        @Test
        void an_order_that_needs_no_stock_authorizes_at_once() {
            OrderLine unknown =
                    new OrderLine(1, PEN, new ProductName("Pen"), new Quantity(1), Money.of(100, "EUR"), false);
            when(new OrderPlaced(ORDER, new CustomerId("c"), null, null, List.of(unknown), unknown.amount()))
                    .expectNoDispatchedCommands();
            assertThat(work.steps()).containsExactly("payment Authorize");
        }

        @Test
        void an_authorized_amount_confirms_the_order() {
            when(AUTHORIZED, PLACED, PEN_RESERVED, INK_RESERVED).expectDispatchedCommands(new ConfirmOrder(ORDER));
        }

        @Test
        void a_confirmed_order_is_dispatched_and_its_customer_told() {
            when(CONFIRMED, PLACED, PEN_RESERVED, INK_RESERVED, AUTHORIZED).expectNoDispatchedCommands();
            assertThat(work.steps()).containsExactly("shipping Dispatch", "notification Notify");
        }

        @Test
        void a_shipped_order_is_paid_and_its_stock_sold() {
            when(SHIPPED, PLACED, PEN_RESERVED, INK_RESERVED, AUTHORIZED, CONFIRMED)
                    .expectDispatchedCommands(new SellStock(PEN, ORDER, 1), new SellStock(INK, ORDER, 2));
            assertThat(work.steps())
                    .containsExactly("payment Capture", "shipping AwaitDelivery", "notification Notify");
        }

        @Test
        void a_delivered_order_waits_for_its_payment() {
            when(new OrderDelivered(ORDER), PLACED, PEN_RESERVED, INK_RESERVED, AUTHORIZED, CONFIRMED, SHIPPED)
                    .expectActiveSagas(1);
        }

        @Test
        void a_delivered_and_paid_order_is_done() {
            when(
                            new OrderDelivered(ORDER),
                            PLACED,
                            PEN_RESERVED,
                            INK_RESERVED,
                            AUTHORIZED,
                            CONFIRMED,
                            SHIPPED,
                            new PaymentCaptured(ORDER, TOTAL))
                    .expectActiveSagas(0);
        }
    }

    @Nested
    class When_commands_were_lost {

        private static final CommandsLost LOST = new CommandsLost(ORDER);

        @Test
        void stock_is_asked_for_again() {
            when(LOST, PLACED, PEN_RESERVED)
                    .expectDispatchedCommands(
                            new ReserveStock(PEN, ORDER, 1, new Quantity(2)),
                            new ReserveStock(INK, ORDER, 2, new Quantity(1)));
        }

        @Test
        void the_amount_is_asked_for_again() {
            when(LOST, PLACED, PEN_RESERVED, INK_RESERVED).expectNoDispatchedCommands();
            assertThat(work.steps()).containsExactly("payment Authorize");
        }

        @Test
        void the_order_is_confirmed_again() {
            when(LOST, PLACED, PEN_RESERVED, INK_RESERVED, AUTHORIZED)
                    .expectDispatchedCommands(new ConfirmOrder(ORDER));
        }

        @Test
        void the_parcel_is_dispatched_again() {
            when(LOST, PLACED, PEN_RESERVED, INK_RESERVED, AUTHORIZED, CONFIRMED)
                    .expectNoDispatchedCommands();
            assertThat(work.steps()).containsExactly("shipping Dispatch");
        }

        @Test
        void the_amount_is_taken_the_stock_sold_and_the_parcel_followed_again() {
            when(LOST, PLACED, PEN_RESERVED, INK_RESERVED, AUTHORIZED, CONFIRMED, SHIPPED)
                    .expectDispatchedCommands(new SellStock(PEN, ORDER, 1), new SellStock(INK, ORDER, 2));
            assertThat(work.steps()).containsExactly("payment Capture", "shipping AwaitDelivery");
        }

        @Test
        void everything_is_given_back_and_the_order_rejected_again() {
            when(LOST, PLACED, new StockReservationRefused(INK, ORDER, 2, new Quantity(1), 0))
                    .expectDispatchedCommands(
                            new ReleaseStock(INK, ORDER, 2),
                            new ReleaseStock(PEN, ORDER, 1),
                            new RejectOrder(
                                    ORDER,
                                    RejectionReason.OUT_OF_STOCK,
                                    "only 0 of 1 pieces of " + INK + " are available"));
            assertThat(work.steps()).containsExactly("payment VoidAuthorization");
        }
    }

    @Nested
    class Compensation {

        @Test
        void refused_stock_releases_every_line_and_rejects_the_order() {
            when(new StockReservationRefused(INK, ORDER, 2, new Quantity(1), 0), PLACED, PEN_RESERVED)
                    .expectDispatchedCommands(
                            new ReleaseStock(INK, ORDER, 2),
                            new ReleaseStock(PEN, ORDER, 1),
                            new RejectOrder(
                                    ORDER, RejectionReason.OUT_OF_STOCK, "only 0 of 1 pieces of INK are available"));
            assertThat(work.steps()).isEmpty();
        }

        @Test
        void a_declined_payment_releases_the_stock_and_rejects_the_order() {
            when(new PaymentDeclined(ORDER, "no funds"), PLACED, PEN_RESERVED, INK_RESERVED)
                    .expectDispatchedCommands(
                            new ReleaseStock(INK, ORDER, 2),
                            new ReleaseStock(PEN, ORDER, 1),
                            new RejectOrder(ORDER, RejectionReason.PAYMENT_DECLINED, "no funds"));
        }

        @Test
        void an_order_that_takes_too_long_voids_a_payment_that_may_be_under_way() {
            when(new FulfilmentOverdue(ORDER), PLACED, PEN_RESERVED, INK_RESERVED)
                    .expectDispatchedCommands(
                            new ReleaseStock(INK, ORDER, 2),
                            new ReleaseStock(PEN, ORDER, 1),
                            new RejectOrder(
                                    ORDER,
                                    RejectionReason.TIMED_OUT,
                                    "stock and payment could not be arranged in time"));
            assertThat(work.steps()).containsExactly("payment VoidAuthorization");
        }

        @Test
        void a_confirmed_order_is_never_overdue() {
            when(new FulfilmentOverdue(ORDER), PLACED, PEN_RESERVED, INK_RESERVED, AUTHORIZED, CONFIRMED)
                    .expectNoDispatchedCommands();
            assertThat(work.steps()).isEmpty();
        }

        @Test
        void an_order_cancelled_while_stock_is_asked_for_releases_every_line() {
            when(CANCELLED, PLACED)
                    .expectDispatchedCommands(new ReleaseStock(INK, ORDER, 2), new ReleaseStock(PEN, ORDER, 1))
                    .expectActiveSagas(0);
            assertThat(work.steps()).containsExactly("notification Notify");
        }

        @Test
        void an_order_cancelled_while_payment_is_asked_for_voids_what_will_be_held() {
            when(CANCELLED, PLACED, PEN_RESERVED, INK_RESERVED)
                    .expectDispatchedCommands(new ReleaseStock(INK, ORDER, 2), new ReleaseStock(PEN, ORDER, 1));
            assertThat(work.steps()).containsExactly("payment VoidAuthorization", "notification Notify");
        }

        @Test
        void an_order_cancelled_while_its_parcel_is_handed_over_is_called_back() {
            when(CANCELLED, PLACED, PEN_RESERVED, INK_RESERVED, AUTHORIZED, CONFIRMED)
                    .expectDispatchedCommands(new ReleaseStock(INK, ORDER, 2), new ReleaseStock(PEN, ORDER, 1));
            assertThat(work.steps())
                    .containsExactly("shipping Recall", "payment VoidAuthorization", "notification Notify");
        }

        @Test
        void a_rejected_order_is_told_to_its_customer_and_done() {
            when(
                            new OrderRejected(ORDER, RejectionReason.PAYMENT_DECLINED, "no funds"),
                            PLACED,
                            PEN_RESERVED,
                            INK_RESERVED,
                            new PaymentDeclined(ORDER, "no funds"))
                    .expectNoDispatchedCommands()
                    .expectActiveSagas(0);
            assertThat(work.steps()).containsExactly("notification Notify");
        }

        @Test
        void stock_that_is_reserved_after_compensation_needs_nothing_more() {
            when(PEN_RESERVED, PLACED, new StockReservationRefused(INK, ORDER, 2, new Quantity(1), 0))
                    .expectNoDispatchedCommands();
        }
    }
}
