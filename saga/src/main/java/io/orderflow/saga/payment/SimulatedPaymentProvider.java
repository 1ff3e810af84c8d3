package io.orderflow.saga.payment;

import io.orderflow.api.order.OrderId;
import io.orderflow.api.payment.AuthorizationId;
import io.orderflow.api.payment.Money;
import io.orderflow.saga.payment.PaymentProvider.Authorization.Declined;
import io.orderflow.saga.payment.PaymentProvider.Authorization.Granted;
import io.orderflow.saga.work.Simulation;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Currency;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Stands in for a payment provider, and keeps its promises: a durable ledger with one entry per idempotency key. Whether
 * an authorization is granted depends on the order's id alone, in the configured share of cases.
 */
public final class SimulatedPaymentProvider implements PaymentProvider {

    private static final String DECLINED = "insufficient funds (simulated)";

    private final JdbcClient ledger;
    private final Simulation simulation;

    public SimulatedPaymentProvider(JdbcClient ledger, Simulation simulation) {
        this.ledger = ledger;
        this.simulation = simulation;
    }

    @Override
    public Authorization authorize(String key, OrderId orderId, Money amount) {
        simulation.answer();
        enter(key, simulation.grants(orderId.value()) ? "AUTHORIZED" : "DECLINED", "auth-" + orderId, amount);
        return findAuthorization(key).orElseThrow();
    }

    @Override
    public Optional<Authorization> findAuthorization(String key) {
        return ledger.sql("SELECT entry, reference, amount, currency FROM simulated_payment WHERE idempotency_key = ?")
                .param(key)
                .query(SimulatedPaymentProvider::read)
                .optional();
    }

    @Override
    public void capture(String key, AuthorizationId authorization, Money amount) {
        simulation.answer();
        enter(key, "CAPTURED", authorization.value(), amount);
    }

    @Override
    public void voidAuthorization(String key, AuthorizationId authorization) {
        simulation.answer();
        enter(key, "VOIDED", authorization.value(), null);
    }

    private void enter(String key, String entry, String reference, @org.jspecify.annotations.Nullable Money amount) {
        ledger.sql("INSERT INTO simulated_payment (idempotency_key, entry, reference, amount, currency)"
                        + " VALUES (:key, :entry, :reference, :amount, :currency) ON CONFLICT DO NOTHING")
                .param("key", key)
                .param("entry", entry)
                .param("reference", reference)
                .param("amount", amount == null ? null : amount.amount())
                .param("currency", amount == null ? null : amount.currency().getCurrencyCode())
                .update();
    }

    private static Authorization read(ResultSet row, int number) throws SQLException {
        return row.getString(1).equals("AUTHORIZED")
                ? new Granted(
                        new AuthorizationId(row.getString(2)),
                        new Money(row.getLong(3), Currency.getInstance(row.getString(4))))
                : new Declined(DECLINED);
    }
}
