package io.orderflow.command.inventory;

import io.orderflow.api.CommandRejected;
import io.orderflow.api.inventory.AdjustmentId;
import io.orderflow.api.inventory.InventoryCommand.AdjustStock;
import io.orderflow.api.inventory.InventoryCommand.RegisterProduct;
import io.orderflow.api.inventory.InventoryCommand.ReleaseStock;
import io.orderflow.api.inventory.InventoryCommand.ReserveStock;
import io.orderflow.api.inventory.InventoryCommand.SellStock;
import io.orderflow.api.inventory.InventoryEvent.ProductChanged;
import io.orderflow.api.inventory.InventoryEvent.ProductRegistered;
import io.orderflow.api.inventory.InventoryEvent.StockAdjusted;
import io.orderflow.api.inventory.InventoryEvent.StockReleased;
import io.orderflow.api.inventory.InventoryEvent.StockReservationRefused;
import io.orderflow.api.inventory.InventoryEvent.StockReserved;
import io.orderflow.api.inventory.InventoryEvent.StockSold;
import io.orderflow.api.inventory.ProductName;
import io.orderflow.api.inventory.Quantity;
import io.orderflow.api.inventory.Sku;
import io.orderflow.api.order.OrderId;
import io.orderflow.api.payment.Money;
import java.util.UUID;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class StockItemTest {

    private static final Sku SKU = new Sku("book");
    private static final ProductName NAME = new ProductName("A book");
    private static final Money PRICE = Money.of(2999, "EUR");
    private static final OrderId ORDER = OrderId.of("somebody", "an order");
    private static final OrderId OTHER = OrderId.of("somebody", "another order");
    private static final AdjustmentId ADJUSTMENT = new AdjustmentId(UUID.nameUUIDFromBytes(new byte[] {1}));
    private static final ProductRegistered REGISTERED = new ProductRegistered(SKU, NAME, PRICE);
    private static final StockAdjusted FIVE_ON_HAND = new StockAdjusted(SKU, ADJUSTMENT, 5, 5, "delivery");
    private static final StockReserved THREE_RESERVED = new StockReserved(SKU, ORDER, 1, new Quantity(3));
    private static final ReserveStock RESERVE_THREE = new ReserveStock(SKU, ORDER, 1, new Quantity(3));

    private final FixtureConfiguration<StockItem> fixture = new AggregateTestFixture<>(StockItem.class);

    @Nested
    class RegisteringAProduct {

        @Test
        void putsItIntoTheCatalogue() {
            fixture.givenNoPriorActivity()
                    .when(new RegisterProduct(SKU, NAME, PRICE))
                    .expectEvents(REGISTERED);
        }

        @Test
        void againChangesNothing() {
            fixture.given(REGISTERED)
                    .when(new RegisterProduct(SKU, NAME, PRICE))
                    .expectNoEvents();
        }

        @Test
        void givesItAnotherPrice() {
            fixture.given(REGISTERED)
                    .when(new RegisterProduct(SKU, NAME, Money.of(1999, "EUR")))
                    .expectEvents(new ProductChanged(SKU, NAME, Money.of(1999, "EUR")));
        }
    }

    @Nested
    class AdjustingStock {

        @Test
        void countsUp() {
            fixture.given(REGISTERED)
                    .when(new AdjustStock(SKU, ADJUSTMENT, 5, "delivery"))
                    .expectEvents(FIVE_ON_HAND);
        }

        @Test
        void againDoesNotCountAgain() {
            fixture.given(REGISTERED, FIVE_ON_HAND)
                    .when(new AdjustStock(SKU, ADJUSTMENT, 5, "delivery"))
                    .expectNoEvents();
        }

        @Test
        void doesNotTakeWhatIsReserved() {
            AdjustmentId another = new AdjustmentId(UUID.nameUUIDFromBytes(new byte[] {2}));
            fixture.given(REGISTERED, FIVE_ON_HAND, THREE_RESERVED)
                    .when(new AdjustStock(SKU, another, -3, "broken"))
                    .expectException(CommandRejected.class)
                    .expectNoEvents();
        }
    }

    @Nested
    class Reserving {

        @Test
        void putsPiecesAside() {
            fixture.given(REGISTERED, FIVE_ON_HAND).when(RESERVE_THREE).expectEvents(THREE_RESERVED);
        }

        @Test
        void moreThanAvailableIsRefusedByAnEvent() {
            fixture.given(REGISTERED, FIVE_ON_HAND, THREE_RESERVED)
                    .when(new ReserveStock(SKU, OTHER, 1, new Quantity(3)))
                    .expectEvents(new StockReservationRefused(SKU, OTHER, 1, new Quantity(3), 2));
        }

        @Test
        void againPutsNothingMoreAside() {
            fixture.given(REGISTERED, FIVE_ON_HAND, THREE_RESERVED)
                    .when(RESERVE_THREE)
                    .expectNoEvents();
        }

        @Test
        void againAfterARefusalChangesNothingEvenWhenStockHasComeIn() {
            fixture.given(REGISTERED, new StockReservationRefused(SKU, ORDER, 1, new Quantity(3), 0), FIVE_ON_HAND)
                    .when(RESERVE_THREE)
                    .expectNoEvents();
        }

        @Test
        void againAfterTheReleaseChangesNothing() {
            fixture.given(REGISTERED, FIVE_ON_HAND, THREE_RESERVED, new StockReleased(SKU, ORDER, 1, 3))
                    .when(RESERVE_THREE)
                    .expectNoEvents();
        }

        @Test
        void lateAfterAReleaseThatOvertookItChangesNothing() {
            fixture.given(REGISTERED, FIVE_ON_HAND, new StockReleased(SKU, ORDER, 1, 0))
                    .when(RESERVE_THREE)
                    .expectNoEvents();
        }

        @Test
        void againAfterTheSaleChangesNothing() {
            fixture.given(REGISTERED, FIVE_ON_HAND, THREE_RESERVED, new StockSold(SKU, ORDER, 1, new Quantity(3)))
                    .when(new ReserveStock(SKU, ORDER, 1, new Quantity(2)))
                    .expectNoEvents();
        }

        @Test
        void anotherLineOfTheSameOrderIsAnotherReservation() {
            fixture.given(REGISTERED, FIVE_ON_HAND, THREE_RESERVED)
                    .when(new ReserveStock(SKU, ORDER, 2, new Quantity(2)))
                    .expectEvents(new StockReserved(SKU, ORDER, 2, new Quantity(2)));
        }
    }

    @Nested
    class Releasing {

        private final ReleaseStock release = new ReleaseStock(SKU, ORDER, 1);

        @Test
        void givesThePiecesBack() {
            fixture.given(REGISTERED, FIVE_ON_HAND, THREE_RESERVED)
                    .when(release)
                    .expectEvents(new StockReleased(SKU, ORDER, 1, 3));
        }

        @Test
        void whatWasNeverReservedIsRemembered() {
            fixture.given(REGISTERED).when(release).expectEvents(new StockReleased(SKU, ORDER, 1, 0));
        }

        @Test
        void againChangesNothing() {
            fixture.given(REGISTERED, FIVE_ON_HAND, THREE_RESERVED, new StockReleased(SKU, ORDER, 1, 3))
                    .when(release)
                    .expectNoEvents();
        }

        @Test
        void afterTheSaleChangesNothing() {
            fixture.given(REGISTERED, FIVE_ON_HAND, THREE_RESERVED, new StockSold(SKU, ORDER, 1, new Quantity(3)))
                    .when(release)
                    .expectNoEvents();
        }
    }

    @Nested
    class Selling {

        private final SellStock sell = new SellStock(SKU, ORDER, 1);

        @Test
        void takesTheReservedPiecesOut() {
            fixture.given(REGISTERED, FIVE_ON_HAND, THREE_RESERVED)
                    .when(sell)
                    .expectEvents(new StockSold(SKU, ORDER, 1, new Quantity(3)));
        }

        @Test
        void againChangesNothing() {
            fixture.given(REGISTERED, FIVE_ON_HAND, THREE_RESERVED, new StockSold(SKU, ORDER, 1, new Quantity(3)))
                    .when(sell)
                    .expectNoEvents();
        }

        @Test
        void afterTheReleaseChangesNothing() {
            fixture.given(REGISTERED, FIVE_ON_HAND, THREE_RESERVED, new StockReleased(SKU, ORDER, 1, 3))
                    .when(sell)
                    .expectNoEvents();
        }

        @Test
        void leavesTheRestAvailable() {
            fixture.given(REGISTERED, FIVE_ON_HAND, THREE_RESERVED, new StockSold(SKU, ORDER, 1, new Quantity(3)))
                    .when(new ReserveStock(SKU, OTHER, 1, new Quantity(3)))
                    .expectEvents(new StockReservationRefused(SKU, OTHER, 1, new Quantity(3), 2));
        }
    }
}
