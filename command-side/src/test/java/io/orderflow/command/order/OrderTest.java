package io.orderflow.command.order;

import static org.axonframework.test.matchers.Matchers.exactSequenceOf;
import static org.axonframework.test.matchers.Matchers.messageWithPayload;
import static org.hamcrest.CoreMatchers.any;

import io.orderflow.api.CommandRejected;
import io.orderflow.api.inventory.ProductName;
import io.orderflow.api.inventory.Quantity;
import io.orderflow.api.inventory.Sku;
import io.orderflow.api.order.CancelledBy;
import io.orderflow.api.order.CustomerId;
import io.orderflow.api.order.Note;
import io.orderflow.api.order.OrderCommand.CancelOrder;
import io.orderflow.api.order.OrderCommand.ConfirmOrder;
import io.orderflow.api.order.OrderCommand.DeliverOrder;
import io.orderflow.api.order.OrderCommand.PlaceOrder;
import io.orderflow.api.order.OrderCommand.RecordAuthorization;
import io.orderflow.api.order.OrderCommand.RecordCapture;
import io.orderflow.api.order.OrderCommand.RecordDecline;
import io.orderflow.api.order.OrderCommand.RecordVoid;
import io.orderflow.api.order.OrderCommand.RejectOrder;
import io.orderflow.api.order.OrderCommand.ShipOrder;
import io.orderflow.api.order.OrderEvent.OrderCancelled;
import io.orderflow.api.order.OrderEvent.OrderConfirmed;
import io.orderflow.api.order.OrderEvent.OrderDelivered;
import io.orderflow.api.order.OrderEvent.OrderPlaced;
import io.orderflow.api.order.OrderEvent.OrderRejected;
import io.orderflow.api.order.OrderEvent.OrderShipped;
import io.orderflow.api.order.OrderEvent.PaymentAuthorized;
import io.orderflow.api.order.OrderEvent.PaymentCaptured;
import io.orderflow.api.order.OrderEvent.PaymentDeclined;
import io.orderflow.api.order.OrderEvent.PaymentVoided;
import io.orderflow.api.order.OrderId;
import io.orderflow.api.order.OrderLine;
import io.orderflow.api.order.OrderStatus;
import io.orderflow.api.order.RejectionReason;
import io.orderflow.api.payment.AuthorizationId;
import io.orderflow.api.payment.Money;
import io.orderflow.api.shipping.CarrierName;
import io.orderflow.api.shipping.TrackingNumber;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class OrderTest {

    private static final OrderId ID = OrderId.of("somebody", "an order");
    private static final CustomerId CUSTOMER = new CustomerId("customer-1");
    private static final List<OrderLine> LINES = List.of(line(1, 2, "29.99"), line(2, 1, "5.01"));
    private static final Money TOTAL = Money.of(6499, "EUR");
    private static final AuthorizationId AUTHORIZATION = new AuthorizationId("auth-1");
    private static final CarrierName CARRIER = new CarrierName("Swift Parcels");
    private static final TrackingNumber TRACKING = new TrackingNumber("track-1");
    private static final OrderPlaced PLACED = new OrderPlaced(ID, CUSTOMER, null, null, LINES, TOTAL);
    private static final OrderConfirmed CONFIRMED = new OrderConfirmed(ID);
    private static final OrderShipped SHIPPED = new OrderShipped(ID, CARRIER, TRACKING);
    private static final OrderDelivered DELIVERED = new OrderDelivered(ID);
    private static final OrderCancelled CANCELLED = new OrderCancelled(ID, CancelledBy.CUSTOMER, null);
    private static final OrderRejected REJECTED = new OrderRejected(ID, RejectionReason.OUT_OF_STOCK, "none left");
    private static final PaymentAuthorized AUTHORIZED = new PaymentAuthorized(ID, AUTHORIZATION, TOTAL);

    private final FixtureConfiguration<Order> fixture = new AggregateTestFixture<>(Order.class);

    private static OrderLine line(int number, int quantity, String price) {
        Money money = Money.of(new BigDecimal(price), Currency.getInstance("EUR"));
        return new OrderLine(
                number, new Sku("sku-" + number), new ProductName("A thing"), new Quantity(quantity), money, true);
    }

    @Nested
    class PlacingAnOrder {

        @Test
        void computesTheTotal() {
            fixture.givenNoPriorActivity()
                    .when(new PlaceOrder(ID, CUSTOMER, null, null, LINES))
                    .expectEvents(PLACED);
        }

        @Test
        void isRefusedWithoutLines() {
            fixture.givenNoPriorActivity()
                    .when(new PlaceOrder(ID, CUSTOMER, null, null, List.of()))
                    .expectException(CommandRejected.class)
                    .expectNoEvents();
        }

        @Test
        void isRefusedWithTwoCurrencies() {
            OrderLine yen = new OrderLine(
                    2, new Sku("tea"), new ProductName("Tea"), new Quantity(1), Money.of(500, "JPY"), true);
            fixture.givenNoPriorActivity()
                    .when(new PlaceOrder(ID, CUSTOMER, null, null, List.of(LINES.getFirst(), yen)))
                    .expectException(CommandRejected.class);
        }

        @Test
        void isRefusedWhenTheTotalCannotBeCounted() {
            OrderLine dear = new OrderLine(
                    1,
                    new Sku("moon"),
                    new ProductName("The moon"),
                    new Quantity(1_000_000),
                    Money.of(Long.MAX_VALUE, "EUR"),
                    true);
            fixture.givenNoPriorActivity()
                    .when(new PlaceOrder(ID, CUSTOMER, null, null, List.of(dear)))
                    .expectException(CommandRejected.class);
        }
    }

    @Nested
    class Cancelling {

        private final CancelOrder cancel = new CancelOrder(ID, CancelledBy.CUSTOMER, new Note("changed my mind"));

        @Test
        void callsAPlacedOrderOff() {
            fixture.given(PLACED)
                    .when(cancel)
                    .expectEvents(new OrderCancelled(ID, CancelledBy.CUSTOMER, new Note("changed my mind")))
                    .expectResultMessagePayload(new OrderState(ID, OrderStatus.CANCELLED, 1));
        }

        @Test
        void callsAConfirmedOrderOff() {
            fixture.given(PLACED, CONFIRMED)
                    .when(cancel)
                    .expectEventsMatching(exactSequenceOf(messageWithPayload(any(OrderCancelled.class))));
        }

        @Test
        void isRefusedOnceShipped() {
            fixture.given(PLACED, CONFIRMED, SHIPPED)
                    .when(cancel)
                    .expectException(CommandRejected.class)
                    .expectNoEvents();
        }

        @Test
        void againChangesNothing() {
            fixture.given(PLACED, CANCELLED)
                    .when(cancel)
                    .expectNoEvents()
                    .expectResultMessagePayload(new OrderState(ID, OrderStatus.CANCELLED, 1));
        }

        @Test
        void aRejectedOrderChangesNothing() {
            fixture.given(PLACED, REJECTED).when(cancel).expectNoEvents().expectSuccessfulHandlerExecution();
        }
    }

    @Nested
    class Confirming {

        @Test
        void aPlacedOrderIsRecorded() {
            fixture.given(PLACED).when(new ConfirmOrder(ID)).expectEvents(CONFIRMED);
        }

        @Test
        void aCancelledOrderIsOvertaken() {
            fixture.given(PLACED, CANCELLED)
                    .when(new ConfirmOrder(ID))
                    .expectSuccessfulHandlerExecution()
                    .expectNoEvents();
        }

        @Test
        void againChangesNothing() {
            fixture.given(PLACED, CONFIRMED).when(new ConfirmOrder(ID)).expectNoEvents();
        }
    }

    @Nested
    class Shipping {

        @Test
        void aConfirmedOrderIsRecorded() {
            fixture.given(PLACED, CONFIRMED)
                    .when(new ShipOrder(ID, CARRIER, TRACKING))
                    .expectEvents(SHIPPED);
        }

        @Test
        void aCommandFromBeforeCarriersHadNamesMeansTheFirst() {
            fixture.given(PLACED, CONFIRMED)
                    .when(new ShipOrder(ID, null, TRACKING))
                    .expectEvents(new OrderShipped(ID, CarrierName.FIRST, TRACKING));
        }

        @Test
        void aCancelledOrderIsOvertaken() {
            fixture.given(PLACED, CONFIRMED, CANCELLED)
                    .when(new ShipOrder(ID, CARRIER, TRACKING))
                    .expectSuccessfulHandlerExecution()
                    .expectNoEvents();
        }

        @Test
        void againChangesNothing() {
            fixture.given(PLACED, CONFIRMED, SHIPPED)
                    .when(new ShipOrder(ID, CARRIER, TRACKING))
                    .expectNoEvents();
        }
    }

    @Nested
    class Delivering {

        @Test
        void aShippedOrderIsRecorded() {
            fixture.given(PLACED, CONFIRMED, SHIPPED).when(new DeliverOrder(ID)).expectEvents(DELIVERED);
        }

        @Test
        void againChangesNothing() {
            fixture.given(PLACED, CONFIRMED, SHIPPED, DELIVERED)
                    .when(new DeliverOrder(ID))
                    .expectNoEvents();
        }
    }

    @Nested
    class Rejecting {

        private final RejectOrder reject = new RejectOrder(ID, RejectionReason.OUT_OF_STOCK, "none left");

        @Test
        void aPlacedOrderIsRecorded() {
            fixture.given(PLACED).when(reject).expectEvents(REJECTED);
        }

        @Test
        void aShippedOrderIsOvertaken() {
            fixture.given(PLACED, CONFIRMED, SHIPPED).when(reject).expectNoEvents();
        }

        @Test
        void againChangesNothing() {
            fixture.given(PLACED, REJECTED).when(reject).expectNoEvents();
        }
    }

    @Nested
    class RecordingThePayment {

        @Test
        void anAuthorizationIsRecorded() {
            fixture.given(PLACED)
                    .when(new RecordAuthorization(ID, AUTHORIZATION, TOTAL))
                    .expectEvents(AUTHORIZED);
        }

        @Test
        void anAuthorizationOfACancelledOrderIsRecordedBecauseTheMoneyIsHeld() {
            fixture.given(PLACED, CANCELLED)
                    .when(new RecordAuthorization(ID, AUTHORIZATION, TOTAL))
                    .expectEvents(AUTHORIZED);
        }

        @Test
        void anAuthorizationAgainChangesNothing() {
            fixture.given(PLACED, AUTHORIZED)
                    .when(new RecordAuthorization(ID, AUTHORIZATION, TOTAL))
                    .expectNoEvents();
        }

        @Test
        void aDeclineIsRecordedOnce() {
            PaymentDeclined declined = new PaymentDeclined(ID, "no cover");
            fixture.given(PLACED).when(new RecordDecline(ID, "no cover")).expectEvents(declined);
            new AggregateTestFixture<>(Order.class)
                    .given(PLACED, declined)
                    .when(new RecordDecline(ID, "no cover"))
                    .expectNoEvents();
        }

        @Test
        void aCaptureIsRecordedOnce() {
            fixture.given(PLACED, AUTHORIZED, CONFIRMED, SHIPPED)
                    .when(new RecordCapture(ID, TOTAL))
                    .expectEvents(new PaymentCaptured(ID, TOTAL));
            new AggregateTestFixture<>(Order.class)
                    .given(PLACED, AUTHORIZED, CONFIRMED, SHIPPED, new PaymentCaptured(ID, TOTAL))
                    .when(new RecordCapture(ID, TOTAL))
                    .expectNoEvents();
        }

        @Test
        void aVoidAfterACaptureIsOvertaken() {
            fixture.given(PLACED, AUTHORIZED, CONFIRMED, SHIPPED, new PaymentCaptured(ID, TOTAL))
                    .when(new RecordVoid(ID, TOTAL))
                    .expectNoEvents();
        }

        @Test
        void aVoidOfACancelledOrderIsRecorded() {
            fixture.given(PLACED, AUTHORIZED, CANCELLED)
                    .when(new RecordVoid(ID, TOTAL))
                    .expectEvents(new PaymentVoided(ID, TOTAL));
        }
    }
}
