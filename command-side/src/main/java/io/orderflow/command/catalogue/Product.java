package io.orderflow.command.catalogue;

import io.orderflow.api.inventory.ProductName;
import io.orderflow.api.inventory.Sku;
import io.orderflow.api.payment.Money;

/** What is sold under a sku, and for how much. */
public record Product(Sku sku, ProductName name, Money price) {}
