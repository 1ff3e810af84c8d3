package io.orderflow.query.inventory;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.repository.Repository;

/** The products, for reading. */
interface Products extends Repository<Product, String> {

    Optional<Product> findBySku(String sku);

    List<Product> findBySkuGreaterThanOrderBySku(String after, Limit limit);
}
