package io.orderflow.query.inventory;

import io.orderflow.api.inventory.InventoryEvent;
import io.orderflow.api.inventory.InventoryEvent.ProductChanged;
import io.orderflow.api.inventory.InventoryEvent.ProductRegistered;
import io.orderflow.api.inventory.InventoryEvent.StockAdjusted;
import io.orderflow.api.inventory.InventoryEvent.StockReleased;
import io.orderflow.api.inventory.InventoryEvent.StockReservationRefused;
import io.orderflow.api.inventory.InventoryEvent.StockReserved;
import io.orderflow.api.inventory.InventoryEvent.StockSold;
import io.orderflow.api.inventory.ProductName;
import io.orderflow.api.payment.Money;
import io.orderflow.query.projection.InconsistentHistoryException;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.axonframework.eventhandling.DomainEventMessage;
import org.jspecify.annotations.Nullable;

/** A product's row at one version. */
record ProductRow(String sku, ProductName name, Money price, int onHand, int reserved, long version) {

    static ProductRow read(ResultSet row, int number) throws SQLException {
        return new ProductRow(
                row.getString("sku"),
                new ProductName(row.getString("name")),
                Money.of(row.getLong("price_amount"), row.getString("currency")),
                row.getInt("on_hand"),
                row.getInt("reserved"),
                row.getLong("version"));
    }

    /** The row after {@code event}; {@code before} is null for a product that the table does not have. */
    static ProductRow after(@Nullable ProductRow before, DomainEventMessage<InventoryEvent> event) {
        long version = event.getSequenceNumber();
        if (before != null) {
            return before.after(event.getPayload(), version);
        }
        if (event.getPayload() instanceof ProductRegistered registered) {
            return new ProductRow(registered.sku().value(), registered.name(), registered.price(), 0, 0, version);
        }
        throw new InconsistentHistoryException(event, "came before the product was registered");
    }

    private ProductRow after(InventoryEvent event, long version) {
        return switch (event) {
            case ProductRegistered again -> new ProductRow(sku, again.name(), again.price(), onHand, reserved, version);
            case ProductChanged changed ->
                new ProductRow(sku, changed.name(), changed.price(), onHand, reserved, version);
            case StockAdjusted adjusted -> withStock(adjusted.onHand(), reserved, version);
            case StockReserved put ->
                withStock(onHand, reserved + put.quantity().value(), version);
            case StockReservationRefused refused -> withStock(onHand, reserved, version);
            case StockReleased released -> withStock(onHand, reserved - released.quantity(), version);
            case StockSold sold ->
                withStock(
                        onHand - sold.quantity().value(),
                        reserved - sold.quantity().value(),
                        version);
        };
    }

    private ProductRow withStock(int newOnHand, int newReserved, long newVersion) {
        return new ProductRow(sku, name, price, newOnHand, newReserved, newVersion);
    }
}
