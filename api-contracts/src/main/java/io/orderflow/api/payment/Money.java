package io.orderflow.api.payment;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;

/**
 * An exact amount of money.
 *
 * @param amount in minor units of the currency (cents for EUR, yen for JPY), never negative
 * @param currency ISO 4217
 */
public record Money(long amount, Currency currency) {

    public Money {
        if (amount < 0) {
            throw new IllegalArgumentException("an amount of money must not be negative");
        }
        if (currency.getDefaultFractionDigits() < 0) {
            throw new IllegalArgumentException(currency + " has no minor unit and cannot be used for prices");
        }
    }

    public static Money of(long minorUnits, String currency) {
        return new Money(minorUnits, Currency.getInstance(currency));
    }

    /**
     * The amount written as a decimal number, {@code 29.99}.
     *
     * @throws IllegalArgumentException when {@code value} has more decimals than the currency
     */
    public static Money of(BigDecimal value, Currency currency) {
        try {
            BigDecimal minor =
                    value.movePointRight(currency.getDefaultFractionDigits()).setScale(0, RoundingMode.UNNECESSARY);
            return new Money(minor.longValueExact(), currency);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    value.toPlainString() + " is not an exact amount of " + currency + ": use at most "
                            + currency.getDefaultFractionDigits() + " decimals and a sensible size",
                    e);
        }
    }

    public static Money zero(Currency currency) {
        return new Money(0, currency);
    }

    /** @throws ArithmeticException when the sum is too large to be represented */
    public Money plus(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException("cannot add " + other.currency + " to " + currency);
        }
        return new Money(Math.addExact(amount, other.amount), currency);
    }

    /** @throws ArithmeticException when the product is too large to be represented */
    public Money times(int factor) {
        return new Money(Math.multiplyExact(amount, factor), currency);
    }

    /** The amount as a decimal number with the currency's number of decimals. */
    public BigDecimal toDecimal() {
        return BigDecimal.valueOf(amount, currency.getDefaultFractionDigits());
    }

    @Override
    public String toString() {
        return toDecimal().toPlainString() + " " + currency;
    }
}
