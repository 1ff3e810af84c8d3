package io.orderflow.query.inventory;

import io.orderflow.api.payment.Amount;

/**
 * A product as the outside reads it.
 *
 * @param available pieces that can still be ordered: those on hand without the reserved ones
 * @param version of the last event that is in it; also its entity tag
 */
record ProductView(String sku, String name, Amount price, int onHand, int reserved, int available, long version) {

    static ProductView of(Product product) {
        return new ProductView(
                product.sku,
                product.name,
                Amount.of(product.priceAmount, product.currency),
                product.onHand,
                product.reserved,
                product.onHand - product.reserved,
                product.version);
    }
}
