package io.reftrail.model;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.Currency;

/**
 * An amount in a currency.
 *
 * @param amount in major units, for example 29.00 for twenty-nine euros; not negative
 * @param currency the ISO 4217 currency
 */
public record Money(BigDecimal amount, Currency currency) implements Serializable {

    /**
     * Scales the amount to the currency's decimals.
     *
     * @throws IllegalArgumentException if the amount is negative, has more decimals than the currency, or is too large to be
     *     counted in minor units; or if the currency has no minor unit at all, such as gold
     */
    public Money {
        int digits = currency.getDefaultFractionDigits();
        if (digits < 0 || amount.signum() < 0 || (long) amount.precision() - amount.scale() > 15) {
            throw new IllegalArgumentException("not an amount in " + currency);
        }
        if (amount.stripTrailingZeros().scale() > digits) {
            throw new IllegalArgumentException(currency + " has " + digits + " decimals");
        }
        amount = amount.setScale(digits);
    }

    /**
     * Returns an amount.
     *
     * @param amount in major units
     * @param currency the ISO 4217 code, in upper or lower case
     * @throws IllegalArgumentException if there is no such currency, or no such amount in it
     */
    public static Money of(BigDecimal amount, String currency) {
        return new Money(amount, Currency.getInstance(currency.toUpperCase(java.util.Locale.ROOT)));
    }

    /** Returns the amount in the currency's minor unit: 2900 for 29.00 euros, 2900 for 2900 yen. */
    public long minorUnits() {
        return amount.unscaledValue().longValueExact();
    }
}
