package io.orderflow.saga.payment;

import io.orderflow.api.order.OrderId;
import io.orderflow.api.payment.AuthorizationId;
import io.orderflow.api.payment.Money;
import io.orderflow.saga.payment.PaymentProvider.Authorization.Declined;
import io.orderflow.saga.payment.PaymentProvider.Authorization.Granted;
import io.orderflow.saga.work.Simulation;
import io.orderflow.saga.work.Together;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Stands in for a payment provider, and keeps its promises: a durable ledger with one entry per idempotency key. Whether
 * an authorization is granted depends on the order's id alone, in the configured share of cases.
 */
public final class SimulatedPaymentProvider implements PaymentProvider {

    private static final String AUTHORIZED = "AUTHORIZED";
    private static final String DECLINED = "insufficient funds (simulated)";

    private static final int AT_ONCE = 500;

    private static final String SELECT =
            "SELECT idempotency_key, entry, reference, amount, currency FROM simulated_payment";

    private static final String INSERT =
            "INSERT INTO simulated_payment (idempotency_key, entry, reference, amount, currency)"
                    + " SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::bigint[], ?::text[])"
                    + " ON CONFLICT DO NOTHING";

    private final JdbcClient ledger;
    private final Simulation simulation;
    private final Together<Entry, Entry> entries = new Together<>(AT_ONCE, this::enter);

    private record Entry(
            String key,
            String entry,
            String reference,
            @Nullable Money amount) {}

    public SimulatedPaymentProvider(JdbcClient ledger, Simulation simulation) {
        this.ledger = ledger;
        this.simulation = simulation;
    }

    @Override
    public Authorization authorize(String key, OrderId orderId, Money amount) {
        simulation.answer();
        String decision = simulation.grants(orderId.value()) ? AUTHORIZED : "DECLINED";
        return authorization(entries.ask(new Entry(key, decision, "auth-" + orderId, amount)));
    }

    @Override
    public Optional<Authorization> findAuthorization(String key) {
        return ledger.sql(SELECT + " WHERE idempotency_key = ?")
                .param(key)
                .query(SimulatedPaymentProvider::read)
                .optional()
                .map(SimulatedPaymentProvider::authorization);
    }

    @Override
    public void capture(String key, AuthorizationId authorization, Money amount) {
        simulation.answer();
        Entry unused = entries.ask(new Entry(key, "CAPTURED", authorization.value(), amount));
    }

    @Override
    public void voidAuthorization(String key, AuthorizationId authorization) {
        simulation.answer();
        Entry unused = entries.ask(new Entry(key, "VOIDED", authorization.value(), null));
    }

    /** What the ledger says under the key of each, which may have been entered before. */
    private List<Entry> enter(List<Entry> asked) {
        // in key order, so that two nodes cannot wait for each other in a circle
        List<Entry> rows =
                asked.stream().sorted(Comparator.comparing(Entry::key)).toList();
        ledger.sql(INSERT)
                .param(column(rows, Entry::key))
                .param(column(rows, Entry::entry))
                .param(column(rows, Entry::reference))
                .param(rows.stream()
                        .map(row -> row.amount() == null ? null : row.amount().amount())
                        .toArray(Long[]::new))
                .param(column(
                        rows,
                        row -> row.amount() == null
                                ? null
                                : row.amount().currency().getCurrencyCode()))
                .update();
        Map<String, Entry> entered = new HashMap<>();
        ledger.sql(SELECT + " WHERE idempotency_key = ANY (?)")
                .param(column(rows, Entry::key))
                .query(SimulatedPaymentProvider::read)
                .list()
                .forEach(entry -> entered.put(entry.key(), entry));
        return asked.stream()
                .map(entry -> Objects.requireNonNull(entered.get(entry.key())))
                .toList();
    }

    private static String[] column(List<Entry> rows, Function<Entry, @Nullable String> value) {
        return rows.stream().map(value).toArray(String[]::new);
    }

    private static Entry read(ResultSet row, int number) throws SQLException {
        String currency = row.getString(5);
        return new Entry(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                currency == null ? null : new Money(row.getLong(4), Currency.getInstance(currency)));
    }

    private static Authorization authorization(Entry entry) {
        return entry.entry().equals(AUTHORIZED)
                ? new Granted(new AuthorizationId(entry.reference()), Objects.requireNonNull(entry.amount()))
                : new Declined(DECLINED);
    }
}
