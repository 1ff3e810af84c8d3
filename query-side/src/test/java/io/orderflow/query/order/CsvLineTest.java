package io.orderflow.query.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.api.order.OrderStatus;
import io.orderflow.api.payment.Amount;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CsvLineTest {

    @Test
    void textsWithSeparatorsAreQuoted() {
        assertThat(CsvLine.of(cancelled("ada", "said \"no\",\nthen left")))
                .contains(",ada,")
                .contains(",\"said \"\"no\"\",\nthen left\",");
    }

    @Test
    void whatACustomerWroteIsNeverAFormula() {
        assertThat(CsvLine.of(cancelled("=1+1", "@SUM(A1)")))
                .contains(",'=1+1,")
                .contains(",'@SUM(A1),");
    }

    @Test
    void whatIsNotKnownIsEmpty() {
        assertThat(CsvLine.of(cancelled("ada", null))).contains(",CANCELLED,,,0.00,EUR,");
    }

    private static OrderView cancelled(String customer, @Nullable String detail) {
        Instant at = Instant.parse("2026-01-01T10:00:00Z");
        return new OrderView(
                UUID.randomUUID(),
                customer,
                null,
                null,
                OrderStatus.CANCELLED,
                null,
                detail,
                "[]",
                Amount.of(0, "EUR"),
                PaymentState.OPEN,
                null,
                1,
                at,
                at);
    }
}
