package io.orderflow.command.order;

import static io.orderflow.command.RunningCommandSide.assertProblem;
import static io.orderflow.command.RunningCommandSide.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.api.inventory.InventoryCommand.RegisterProduct;
import io.orderflow.api.inventory.ProductName;
import io.orderflow.api.inventory.Quantity;
import io.orderflow.api.inventory.Sku;
import io.orderflow.api.order.CustomerId;
import io.orderflow.api.order.OrderLine;
import io.orderflow.api.payment.Money;
import io.orderflow.command.RunningCommandSide;
import io.orderflow.command.catalogue.Catalogue;
import io.orderflow.command.catalogue.CatalogueProperties;
import io.orderflow.command.catalogue.Product;
import io.orderflow.command.dispatch.Commands;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import org.axonframework.messaging.MetaData;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** At which price an order is accepted, by a node that hears of no change by itself: as if another node had made it. */
class PricingIT {

    private static final Currency EUR = Currency.getInstance("EUR");

    private static RunningCommandSide service;
    private static Catalogue catalogue;

    private final Sku sku = new Sku("sku-" + UUID.randomUUID());

    @BeforeAll
    static void start() {
        service = RunningCommandSide.start();
        catalogue = service.bean(Catalogue.class);
        catalogue.stop();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private void costs(String price) throws Exception {
        HttpResponse<String> answer =
                service.send("PUT", "/api/products/" + sku, "{\"name\":\"A thing\",\"price\":%s}".formatted(price));
        assertThat(answer.statusCode()).as(answer.body()).isLessThan(300);
    }

    private HttpResponse<String> order(String line) throws Exception {
        return service.send(
                "POST",
                "/api/orders",
                "{\"customerId\":\"c\",\"lines\":[{\"sku\":\"%s\",\"quantity\":2%s}]}".formatted(sku, line));
    }

    private static void assertTotal(HttpResponse<String> placed, String total) {
        assertThat(placed.statusCode()).as(placed.body()).isEqualTo(201);
        assertThat(json(placed).at("/total/amount").asString()).isEqualTo(total);
    }

    @Test
    void withoutAPriceTheCataloguesCounts() throws Exception {
        costs("5.25");
        assertTotal(order(""), "10.50");
    }

    @Test
    void thePriceOfTheCatalogueMayBeNamed() throws Exception {
        costs("5.25");
        assertTotal(order(",\"price\":5.25"), "10.50");
        assertTotal(order(",\"price\":\"5.25\""), "10.50");
    }

    @Test
    void anotherPriceIsRefusedAndTheRightOneNamed() throws Exception {
        costs("5.25");
        HttpResponse<String> refused = order(",\"price\":5.24");
        assertProblem(refused, 422, "price-differs");
        assertThat(json(refused).get("detail").asString()).contains("5.25").contains(sku.value());
    }

    @Test
    void aPriceThatWasChangedElsewhereIsFoundBeforeAnythingIsRefused() throws Exception {
        costs("5.25");
        assertTotal(order(""), "10.50");
        service.bean(Commands.class)
                .decide(
                        new RegisterProduct(sku, new ProductName("A thing"), Money.of(600, "EUR")),
                        MetaData.emptyInstance(),
                        Object.class);
        assertThat(catalogue.find(sku).map(Product::price)).contains(Money.of(525, "EUR"));

        assertTotal(order(",\"price\":6"), "12.00");
        HttpResponse<String> refused = order(",\"price\":5.25");
        assertProblem(refused, 422, "price-differs");
        assertThat(json(refused).get("detail").asString()).contains("6.00");
    }

    @Test
    void aProductOutsideAClosedCatalogueIsRefused() throws Exception {
        assertProblem(order(",\"price\":1"), 422, "unknown-product");
    }

    @Nested
    class OfAnOpenCatalogue {

        private final Pricing pricing = new Pricing(catalogue, new CatalogueProperties(true, EUR));

        private OrderLine price(@Nullable String price, @Nullable String name) {
            PlaceOrderRequest.Line line = new PlaceOrderRequest.Line(
                    sku,
                    new Quantity(2),
                    price == null ? null : new BigDecimal(price),
                    name == null ? null : new ProductName(name));
            return pricing.price(new PlaceOrderRequest(null, new CustomerId("c"), null, null, List.of(line), null))
                    .getFirst();
        }

        @Test
        void anUnknownProductIsSoldAtTheClientsPriceAndNeedsNoStock() {
            assertThat(price("3.50", "A kite"))
                    .isEqualTo(new OrderLine(
                            1, sku, new ProductName("A kite"), new Quantity(2), Money.of(350, "EUR"), false));
        }

        @Test
        void anUnknownProductWithoutAPriceCostsNothingAndIsCalledByItsSku() {
            assertThat(price(null, null))
                    .isEqualTo(new OrderLine(
                            1, sku, new ProductName(sku.value()), new Quantity(2), Money.zero(EUR), false));
        }

        @Test
        void aKnownProductKeepsItsPriceItsNameAndItsStock() throws Exception {
            costs("5.25");
            assertThat(price("5.25", "Another name"))
                    .isEqualTo(new OrderLine(
                            1, sku, new ProductName("A thing"), new Quantity(2), Money.of(525, "EUR"), true));
        }
    }
}
