package io.orderflow.query.inventory;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;

/** A product as it is now, to be read only: projections write its table. */
@Entity
@Immutable
@Table(name = "product")
@SuppressWarnings("NullAway.Init") // Hibernate fills it
class Product {

    @Id
    String sku;

    String name;
    long priceAmount;
    String currency;
    int onHand;
    int reserved;
    long version;
}
