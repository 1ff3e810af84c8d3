package io.orderflow.query.order;

import io.orderflow.api.inventory.Sku;
import io.orderflow.api.order.CustomerId;
import io.orderflow.api.order.OrderStatus;
import io.orderflow.api.payment.Money;
import io.orderflow.query.order.SearchWords.Typed;
import io.swagger.v3.oas.annotations.Parameter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Currency;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/** Which orders are asked for, as the caller said it. What is left out does not restrict. */
record OrderFilter(
        @Parameter(description = "Who ordered") @Nullable String customerId,

        @Parameter(description = "One or several statuses") @Nullable List<String> status,

        @Parameter(description = "A product that is in the order") @Nullable String sku,

        @Parameter(description = "ISO 4217; must stand with a total") @Nullable String currency,

        @Parameter(description = "Smallest total, as a decimal number") @Nullable String minTotal,

        @Parameter(description = "Largest total, as a decimal number") @Nullable String maxTotal,

        @Parameter(description = "Placed then or later, ISO 8601") @Nullable String placedFrom,

        @Parameter(description = "Placed before, ISO 8601") @Nullable String placedTo,

        @Parameter(
                description =
                        "Beginnings of words of its customer, e-mail address or products, or of its id (8 digits at least)")
        @Nullable String q) {

    OrderFilter {
        if (currency == null && (minTotal != null || maxTotal != null)) {
            throw new IllegalArgumentException("'minTotal' and 'maxTotal' need a 'currency'");
        }
    }

    /** @throws IllegalArgumentException when a value is not one */
    @Nullable CustomerId customer() {
        return parsed(customerId, CustomerId::new);
    }

    Set<OrderStatus> statuses() {
        Set<OrderStatus> statuses = EnumSet.noneOf(OrderStatus.class);
        for (String name : status == null ? List.<String>of() : status) {
            try {
                statuses.add(OrderStatus.valueOf(name));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "'status' must be one of "
                                + Arrays.stream(OrderStatus.values())
                                        .map(Enum::name)
                                        .collect(Collectors.joining(", ")),
                        e);
            }
        }
        return statuses;
    }

    @Nullable Sku product() {
        return parsed(sku, Sku::new);
    }

    @Nullable Currency currencyOfTotal() {
        try {
            return parsed(currency, Currency::getInstance);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'currency' must be a code of ISO 4217, such as EUR", e);
        }
    }

    @Nullable Long smallestTotal() {
        return minorUnits("minTotal", minTotal);
    }

    @Nullable Long largestTotal() {
        return minorUnits("maxTotal", maxTotal);
    }

    private @Nullable Long minorUnits(String name, @Nullable String decimal) {
        Currency unit = currencyOfTotal();
        if (decimal == null || unit == null) {
            return null;
        }
        try {
            return Money.of(new BigDecimal(decimal), unit).amount();
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + name + "' must be a decimal number", e);
        }
    }

    @Nullable OffsetDateTime from() {
        return time("placedFrom", placedFrom);
    }

    @Nullable OffsetDateTime to() {
        return time("placedTo", placedTo);
    }

    private static @Nullable OffsetDateTime time(String name, @Nullable String value) {
        try {
            return parsed(value, text -> OffsetDateTime.ofInstant(Instant.parse(text), ZoneOffset.UTC));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("'" + name + "' must be a time such as 2026-01-31T12:00:00Z", e);
        }
    }

    List<Typed> words() {
        return q == null ? List.of() : SearchWords.typed(q);
    }

    /** Says the same in a link, its values encoded. */
    void addTo(UriComponentsBuilder link) {
        add(link, "customerId", customerId);
        (status == null ? List.<String>of() : status).forEach(value -> add(link, "status", value));
        add(link, "sku", sku);
        add(link, "currency", currency);
        add(link, "minTotal", minTotal);
        add(link, "maxTotal", maxTotal);
        add(link, "placedFrom", placedFrom);
        add(link, "placedTo", placedTo);
        add(link, "q", q);
    }

    private static void add(UriComponentsBuilder link, String name, @Nullable String value) {
        if (value != null) {
            link.queryParam(name, UriUtils.encode(value, StandardCharsets.UTF_8));
        }
    }

    private static <T> @Nullable T parsed(@Nullable String text, Function<String, T> parse) {
        return text == null ? null : parse.apply(text);
    }
}
