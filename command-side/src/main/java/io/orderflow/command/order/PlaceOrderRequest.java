package io.orderflow.command.order;

import io.orderflow.api.inventory.ProductName;
import io.orderflow.api.inventory.Quantity;
import io.orderflow.api.inventory.Sku;
import io.orderflow.api.order.CustomerId;
import io.orderflow.api.order.EmailAddress;
import io.orderflow.api.order.OrderId;
import io.orderflow.api.order.PhoneNumber;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order as a client asks for it.
 *
 * @param orderId the client's own choice; the same id with the same body gives the same answer
 * @param currency of the prices given; the catalogue's when absent
 */
record PlaceOrderRequest(
        @Nullable OrderId orderId,
        @NotNull CustomerId customerId,
        @Nullable EmailAddress email,
        @Nullable PhoneNumber phone,
        @NotEmpty @Size(max = 100) List<@NotNull @Valid Line> lines,
        @Nullable @Schema(type = "string", example = "EUR") Currency currency) {

    /**
     * @param price of one piece, in major units, as a number or a string; must be the catalogue's when given
     * @param name for products outside the catalogue
     */
    record Line(
            @NotNull Sku sku,
            @NotNull Quantity quantity,
            @Nullable BigDecimal price,
            @Nullable ProductName name) {}
}
