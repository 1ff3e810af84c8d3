package io.orderflow.query.order;

import jakarta.persistence.Embeddable;
import org.hibernate.annotations.Immutable;

/** A line of an order at the price frozen when it was placed. */
@Embeddable
@Immutable
record SummaryLine(
        int number, String sku, String name, int quantity, long unitAmount, String currency, boolean stocked) {}
