package io.orderflow.command.inventory;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import io.orderflow.api.CommandRejected;
import io.orderflow.api.inventory.AdjustmentId;
import io.orderflow.api.inventory.InventoryCommand.AdjustStock;
import io.orderflow.api.inventory.InventoryCommand.RegisterProduct;
import io.orderflow.api.inventory.InventoryCommand.ReleaseStock;
import io.orderflow.api.inventory.InventoryCommand.ReserveStock;
import io.orderflow.api.inventory.InventoryCommand.SellStock;
import io.orderflow.api.inventory.InventoryEvent.ProductChanged;
import io.orderflow.api.inventory.InventoryEvent.ProductRegistered;
import io.orderflow.api.inventory.InventoryEvent.ReservationEvent;
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
import java.util.HashMap;
import java.util.Map;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/**
 * A product and its stock. Each line of an order goes its own way through it:
 *
 * <pre>
 * (unknown) -> reserved -> released or sold
 * (unknown) -> refused                        not enough available
 * (unknown) -> released, quantity 0           released before it was reserved
 * </pre>
 *
 * The latest lines that were released, sold or refused are remembered, so that a reservation that is delivered again, or
 * late, puts nothing aside that nobody will ever give back; of older ones {@link OnceOnly} reminds the event store.
 */
@Aggregate(
        cache = "stockItemCache",
        snapshotTriggerDefinition = "stockItemSnapshots",
        commandTargetResolver = "expectedVersions")
@JsonAutoDetect( // its snapshot is its fields
        fieldVisibility = Visibility.ANY,
        getterVisibility = Visibility.NONE,
        isGetterVisibility = Visibility.NONE)
class StockItem {

    @AggregateIdentifier
    private @Nullable Sku sku;

    private @Nullable ProductName name;
    private @Nullable Money price;
    private int onHand;
    private int reservedInAll;
    private Map<String, Integer> reserved = new HashMap<>();
    private Latest settled = new Latest();
    private Latest adjustments = new Latest();

    StockItem() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    boolean handle(RegisterProduct command) {
        boolean isNew = sku == null;
        if (isNew) {
            apply(new ProductRegistered(command.sku(), command.name(), command.price()));
        } else if (!command.name().equals(name) || !command.price().equals(price)) {
            apply(new ProductChanged(command.sku(), command.name(), command.price()));
        }
        return isNew;
    }

    @CommandHandler
    StockLevel handle(AdjustStock command) {
        if (adjustments.contains(key(command.adjustmentId()))) {
            return level();
        }
        long after = (long) onHand + command.change();
        if (after < reservedInAll) {
            throw new CommandRejected("%d of the %d pieces on hand are reserved for orders: take out at most %d"
                    .formatted(reservedInAll, onHand, onHand - reservedInAll));
        }
        if (after > Integer.MAX_VALUE) {
            throw new CommandRejected("more than " + Integer.MAX_VALUE + " pieces cannot be counted");
        }
        apply(new StockAdjusted(
                command.sku(), command.adjustmentId(), command.change(), (int) after, command.reason()));
        return level();
    }

    private StockLevel level() {
        return new StockLevel(onHand, reservedInAll, onHand - reservedInAll);
    }

    @CommandHandler
    void handle(ReserveStock command) {
        String line = key(command.orderId(), command.line());
        if (reserved.containsKey(line) || settled.contains(line)) {
            return;
        }
        int available = onHand - reservedInAll;
        if (command.quantity().value() <= available) {
            apply(new StockReserved(command.sku(), command.orderId(), command.line(), command.quantity()));
        } else {
            apply(new StockReservationRefused(
                    command.sku(), command.orderId(), command.line(), command.quantity(), available));
        }
    }

    @CommandHandler
    void handle(ReleaseStock command) {
        String line = key(command.orderId(), command.line());
        if (!settled.contains(line) || reserved.containsKey(line)) {
            int quantity = reserved.getOrDefault(line, 0);
            apply(new StockReleased(command.sku(), command.orderId(), command.line(), quantity));
        }
    }

    @CommandHandler
    void handle(SellStock command) {
        Integer quantity = reserved.get(key(command.orderId(), command.line()));
        if (quantity != null) { // otherwise sold before, or released: the parcel's pieces were given back
            apply(new StockSold(command.sku(), command.orderId(), command.line(), new Quantity(quantity)));
        }
    }

    @EventSourcingHandler
    void on(ProductRegistered event) {
        sku = event.sku();
        name = event.name();
        price = event.price();
    }

    @EventSourcingHandler
    void on(ProductChanged event) {
        name = event.name();
        price = event.price();
    }

    @EventSourcingHandler
    void on(StockAdjusted event) {
        onHand = event.onHand();
        adjustments.remember(key(event.adjustmentId()));
    }

    @EventSourcingHandler
    void on(StockReserved event) {
        reserved.put(key(event), event.quantity().value());
        reservedInAll += event.quantity().value();
    }

    @EventSourcingHandler
    void on(StockReservationRefused event) {
        settled.remember(key(event));
    }

    @EventSourcingHandler
    void on(StockReleased event) {
        reserved.remove(key(event));
        reservedInAll -= event.quantity();
        settled.remember(key(event));
    }

    @EventSourcingHandler
    void on(StockSold event) {
        reserved.remove(key(event));
        reservedInAll -= event.quantity().value();
        onHand -= event.quantity().value();
        settled.remember(key(event));
    }

    private static String key(AdjustmentId adjustment) {
        return adjustment.toString();
    }

    private static String key(ReservationEvent event) {
        return key(event.orderId(), event.line());
    }

    private static String key(OrderId order, int line) {
        return order + "/" + line;
    }
}
