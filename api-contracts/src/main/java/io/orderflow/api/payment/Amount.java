package io.orderflow.api.payment;

/**
 * Money as people and programs outside read it; events and commands say {@link Money}.
 *
 * @param amount exact decimal number with the currency's number of decimals, {@code 59.98}; a string, since JSON
 *     numbers are read as binary fractions by many
 * @param currency ISO 4217
 */
public record Amount(String amount, String currency) {

    public static Amount of(Money money) {
        return new Amount(money.toDecimal().toPlainString(), money.currency().getCurrencyCode());
    }

    public static Amount of(long minorUnits, String currency) {
        return of(Money.of(minorUnits, currency));
    }
}
