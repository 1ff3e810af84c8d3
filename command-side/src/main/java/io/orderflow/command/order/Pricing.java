package io.orderflow.command.order;

import io.orderflow.api.inventory.ProductName;
import io.orderflow.api.order.OrderLine;
import io.orderflow.api.payment.Money;
import io.orderflow.command.catalogue.Catalogue;
import io.orderflow.command.catalogue.CatalogueProperties;
import io.orderflow.command.catalogue.Product;
import io.orderflow.command.config.InvalidRequest;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Turns what a client asks for into lines at the catalogue's prices. */
@Component
class Pricing {

    private final Catalogue catalogue;
    private final CatalogueProperties properties;

    Pricing(Catalogue catalogue, CatalogueProperties properties) {
        this.catalogue = catalogue;
        this.properties = properties;
    }

    /** @throws InvalidRequest when a product is not sold here, or a price given is not the catalogue's */
    List<OrderLine> price(PlaceOrderRequest request) {
        Currency currency = Optional.ofNullable(request.currency()).orElse(properties.currency());
        return IntStream.range(0, request.lines().size())
                .mapToObj(i -> price(i + 1, request.lines().get(i), currency))
                .toList();
    }

    private OrderLine price(int number, PlaceOrderRequest.Line line, Currency currency) {
        Money given = money(line.price(), currency);
        // never refuse because of what this node does not know yet
        Optional<Product> product = catalogue
                .find(line.sku())
                .filter(known -> given == null || given.equals(known.price()))
                .or(() -> catalogue.newest(line.sku()));
        return product.map(known -> stocked(number, line, known, given))
                .orElseGet(() -> outsideTheCatalogue(number, line, given, currency));
    }

    private static OrderLine stocked(int number, PlaceOrderRequest.Line line, Product product, @Nullable Money given) {
        if (given != null && !given.equals(product.price())) {
            throw new InvalidRequest(
                    "price-differs",
                    "%s costs %s, not %s: order at that price, or leave the price out"
                            .formatted(line.sku(), product.price(), given));
        }
        return new OrderLine(number, line.sku(), product.name(), line.quantity(), product.price(), true);
    }

    private OrderLine outsideTheCatalogue(
            int number, PlaceOrderRequest.Line line, @Nullable Money given, Currency currency) {
        if (!properties.open()) {
            throw new InvalidRequest(
                    "unknown-product", "there is no product " + line.sku() + "; GET /api/products for what there is");
        }
        ProductName name = Optional.ofNullable(line.name())
                .orElseGet(() -> new ProductName(line.sku().value()));
        Money price = given == null ? Money.zero(currency) : given;
        return new OrderLine(number, line.sku(), name, line.quantity(), price, false);
    }

    private static @Nullable Money money(@Nullable BigDecimal price, Currency currency) {
        try {
            return price == null ? null : Money.of(price, currency);
        } catch (IllegalArgumentException e) {
            throw InvalidRequest.because(e);
        }
    }
}
