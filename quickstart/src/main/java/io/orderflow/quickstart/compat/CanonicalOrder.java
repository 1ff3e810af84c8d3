package io.orderflow.quickstart.compat;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The body of {@code POST /api/orders}. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record CanonicalOrder(
        @Nullable String orderId,
        String customerId,
        @Nullable String email,
        List<Line> lines) {

    private static final int CENTS = 2;

    /** Without a price, the catalogue's is meant. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Line(
            String sku,
            int quantity,
            @Nullable BigDecimal price,
            @Nullable String name) {}

    /**
     * Lines whose sum is exactly {@code total}: one where it can be divided, otherwise two whose prices differ by a cent.
     */
    static List<Line> linesOfTotal(String sku, int quantity, BigDecimal total) {
        if (quantity < 1 || total.stripTrailingZeros().scale() > CENTS) {
            throw new BadBody("the quantity must be at least 1, and the total an amount with at most two decimals");
        }
        BigInteger[] cents =
                total.movePointRight(CENTS).toBigIntegerExact().divideAndRemainder(BigInteger.valueOf(quantity));
        int dearer = cents[1].intValueExact();
        Line cheap = new Line(sku, quantity - dearer, new BigDecimal(cents[0], CENTS), null);
        return dearer == 0
                ? List.of(cheap)
                : List.of(cheap, new Line(sku, dearer, new BigDecimal(cents[0].add(BigInteger.ONE), CENTS), null));
    }
}
