package io.orderflow.command.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.api.inventory.AdjustmentId;
import io.orderflow.api.inventory.InventoryEvent;
import io.orderflow.api.inventory.InventoryEvent.StockAdjusted;
import io.orderflow.api.inventory.InventoryEvent.StockReleased;
import io.orderflow.api.inventory.InventoryEvent.StockReservationRefused;
import io.orderflow.api.inventory.InventoryEvent.StockReserved;
import io.orderflow.api.inventory.InventoryEvent.StockSold;
import io.orderflow.api.inventory.Quantity;
import io.orderflow.api.inventory.Sku;
import io.orderflow.api.order.OrderId;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OnceOnlyTest {

    private static final Sku BOOK = new Sku("book");
    private static final OrderId ORDER = OrderId.of("01a1fe16-67ec-7301-bd3e-82e9090496c5");
    private static final OrderId OTHER = OrderId.of("01a1fe16-67ec-7301-bd3e-82e9090496c6");
    private static final Quantity TWO = new Quantity(2);

    private static UUID idOf(InventoryEvent event) {
        return OnceOnly.idOf(event).orElseThrow();
    }

    private static UUID reserved(Sku sku, OrderId order, int line) {
        return idOf(new StockReserved(sku, order, line, TWO));
    }

    @Test
    void whateverHappensFirstToALineHasTheSameId() {
        assertThat(idOf(new StockReservationRefused(BOOK, ORDER, 1, TWO, 0))).isEqualTo(reserved(BOOK, ORDER, 1));
        assertThat(idOf(new StockReleased(BOOK, ORDER, 1, 0))).isEqualTo(reserved(BOOK, ORDER, 1));
    }

    @Test
    void otherLinesAndOrdersAndProductsHaveOthers() {
        assertThat(reserved(BOOK, ORDER, 1))
                .isNotIn(reserved(BOOK, ORDER, 2), reserved(BOOK, OTHER, 1), reserved(new Sku("pen"), ORDER, 1));
    }

    @Test
    void itBeginsAsTheOrdersDoes() {
        assertThat(reserved(BOOK, ORDER, 1)).asString().startsWith("01a1fe16-67ec-7301-");
    }

    @Test
    void anAdjustmentIsMeantForOneProduct() {
        AdjustmentId adjustment = new AdjustmentId(UUID.randomUUID());
        UUID books = idOf(new StockAdjusted(BOOK, adjustment, 5, 5, "delivery"));
        assertThat(idOf(new StockAdjusted(BOOK, adjustment, 5, 10, "again"))).isEqualTo(books);
        assertThat(idOf(new StockAdjusted(new Sku("pen"), adjustment, 5, 5, "delivery")))
                .isNotEqualTo(books);
    }

    @Test
    void whatEndsAReservationNeedsNone() {
        assertThat(OnceOnly.idOf(new StockReleased(BOOK, ORDER, 1, 2))).isEqualTo(Optional.empty());
        assertThat(OnceOnly.idOf(new StockSold(BOOK, ORDER, 1, TWO))).isEqualTo(Optional.empty());
    }
}
