package io.orderflow.query.inventory;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.orderflow.api.inventory.Sku;
import io.orderflow.query.config.Problem;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

/** Questions about products. */
@RestController
@RequestMapping("/api/products")
class ProductController {

    private final Products products;

    ProductController(Products products) {
        this.products = products;
    }

    /**
     * A page of products by sku.
     *
     * @param next where the page after this one is; absent on the last
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ProductList(List<ProductView> products, @Nullable String next) {}

    @GetMapping
    ProductList bySku(
            @RequestParam(defaultValue = "100") @Min(1) @Max(1000) int limit,
            @RequestParam(defaultValue = "") String after) {
        List<ProductView> found = products.findBySkuGreaterThanOrderBySku(after, Limit.of(limit + 1)).stream()
                .map(ProductView::of)
                .toList();
        return found.size() <= limit
                ? new ProductList(found, null)
                : new ProductList(
                        found.subList(0, limit),
                        link(limit, found.get(limit - 1).sku()));
    }

    @GetMapping("/{sku}")
    ResponseEntity<ProductView> product(@PathVariable Sku sku) {
        ProductView product = products.findBySku(sku.value())
                .map(ProductView::of)
                .orElseThrow(() -> Problem.unknown("product", sku.value()));
        return ResponseEntity.ok().eTag(Long.toString(product.version())).body(product);
    }

    private static String link(int limit, String last) {
        return UriComponentsBuilder.fromPath("/api/products")
                .queryParam("limit", limit)
                .queryParam("after", last)
                .encode()
                .build()
                .toUriString();
    }
}
