package io.orderflow.api.order;

import io.orderflow.api.inventory.ProductName;
import io.orderflow.api.inventory.Quantity;
import io.orderflow.api.inventory.Sku;
import io.orderflow.api.payment.Money;

/**
 * One line of an order, at the price that was valid when it was placed.
 *
 * @param number 1 for the first line; names the line within its order
 * @param unitPrice price of one piece, frozen here
 * @param stocked whether stock must be reserved; false only for products outside the catalogue
 */
public record OrderLine(int number, Sku sku, ProductName name, Quantity quantity, Money unitPrice, boolean stocked) {

    public OrderLine {
        if (number < 1) {
            throw new IllegalArgumentException("the lines of an order are numbered from 1");
        }
    }

    /** Quantity times unit price. */
    public Money amount() {
        return unitPrice.times(quantity.value());
    }
}
