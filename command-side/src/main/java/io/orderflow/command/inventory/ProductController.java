package io.orderflow.command.inventory;

import io.orderflow.api.inventory.AdjustmentId;
import io.orderflow.api.inventory.InventoryCommand.AdjustStock;
import io.orderflow.api.inventory.InventoryCommand.RegisterProduct;
import io.orderflow.api.inventory.ProductName;
import io.orderflow.api.inventory.Sku;
import io.orderflow.api.payment.Amount;
import io.orderflow.api.payment.Money;
import io.orderflow.command.catalogue.Catalogue;
import io.orderflow.command.catalogue.CatalogueProperties;
import io.orderflow.command.config.Caller;
import io.orderflow.command.config.IdempotencyKey;
import io.orderflow.command.config.InvalidRequest;
import io.orderflow.command.dispatch.Commands;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Currency;
import java.util.Optional;
import java.util.UUID;
import org.axonframework.common.IdentifierFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Products and their stock, from outside. */
@RestController
@Tag(name = "Products")
@RequestMapping("/api/products/{sku}")
class ProductController {

    private final Commands commands;
    private final Catalogue catalogue;
    private final CatalogueProperties properties;

    ProductController(Commands commands, Catalogue catalogue, CatalogueProperties properties) {
        this.commands = commands;
        this.catalogue = catalogue;
        this.properties = properties;
    }

    /**
     * A product as it shall be.
     *
     * @param price of one piece, in major units, as a number or a string
     * @param currency the catalogue's when absent
     */
    record ProductRequest(
            @NotNull ProductName name,
            @NotNull BigDecimal price,

            @Nullable @Schema(type = "string", example = "EUR")
            Currency currency) {}

    record ProductAnswer(Sku sku, ProductName name, Amount price) {}

    /** Puts a product into the catalogue (201), or gives it another name or price (200). */
    @PutMapping
    ResponseEntity<ProductAnswer> register(
            @PathVariable Sku sku, @RequestBody @Valid ProductRequest request, HttpServletRequest http) {
        Money price = price(request);
        RegisterProduct command = new RegisterProduct(sku, request.name(), price);
        boolean isNew =
                Boolean.TRUE.equals(commands.decide(command, Caller.of(http).metaData(), Boolean.class));
        catalogue.newest(sku); // so that this node sells it from now on
        ProductAnswer answer = new ProductAnswer(sku, request.name(), Amount.of(price));
        return isNew
                ? ResponseEntity.created(URI.create("/api/products/" + sku)).body(answer)
                : ResponseEntity.ok(answer);
    }

    private Money price(ProductRequest request) {
        try {
            return Money.of(
                    request.price(), Optional.ofNullable(request.currency()).orElse(properties.currency()));
        } catch (IllegalArgumentException e) {
            throw InvalidRequest.because(e);
        }
    }

    /**
     * Stock that came in or went out otherwise than by an order.
     *
     * @param change pieces, negative when they went out
     * @param adjustmentId the client's own choice; the same one does not count again
     */
    record Adjustment(
            @NotNull Integer change,
            @Nullable @Size(min = 1, max = 200) String reason,
            @Nullable AdjustmentId adjustmentId) {}

    /** What the stock is after an adjustment. */
    record AdjustedStock(Sku sku, AdjustmentId adjustmentId, int onHand, int reserved, int available) {}

    @PostMapping("/stock")
    AdjustedStock adjust(
            @PathVariable Sku sku,
            @RequestBody @Valid Adjustment adjustment,
            @RequestHeader(name = IdempotencyKey.HEADER, required = false) @Nullable String key,
            HttpServletRequest http) {
        Caller caller = Caller.of(http);
        AdjustmentId id = idOf(adjustment, IdempotencyKey.checked(key), caller);
        String reason = adjustment.reason() == null ? "adjusted" : adjustment.reason();
        AdjustStock command = new AdjustStock(sku, id, adjustment.change(), reason);
        StockLevel level = commands.decide(command, caller.metaData(), StockLevel.class);
        if (level == null) {
            throw new IllegalStateException("adjusting answers with the stock's level");
        }
        return new AdjustedStock(sku, id, level.onHand(), level.reserved(), level.available());
    }

    private static AdjustmentId idOf(Adjustment adjustment, @Nullable String key, Caller caller) {
        if (adjustment.adjustmentId() != null) {
            return adjustment.adjustmentId();
        }
        if (key == null) {
            return new AdjustmentId(
                    UUID.fromString(IdentifierFactory.getInstance().generateIdentifier()));
        }
        String name = "adjustment:" + caller.subject().length() + ":" + caller.subject() + key;
        return new AdjustmentId(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)));
    }
}
