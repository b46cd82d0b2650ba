package io.reftrail.samples.sandbox;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.Locale;
import java.util.Optional;

/**
 * A sum in the smallest unit of its currency, as the ledger stores it for all vendors.
 *
 * @param currency in capital letters
 */
record Money(long minorUnits, String currency) {

    Money {
        currency = currency.toUpperCase(Locale.ROOT);
    }

    /** From major units; empty if the currency does not exist or has no unit that small. */
    static Optional<Money> ofMajorUnits(BigDecimal amount, String currency) {
        try {
            int digits = digits(currency);
            return Optional.of(new Money(amount.movePointRight(digits).longValueExact(), currency));
        } catch (IllegalArgumentException | ArithmeticException impossible) {
            return Optional.empty();
        }
    }

    BigDecimal majorUnits() {
        return BigDecimal.valueOf(minorUnits, digits(currency));
    }

    /** Returns the sum as text, in major units if the currency exists, else in the unit that was given. */
    String text() {
        try {
            return majorUnits().toPlainString() + ' ' + currency;
        } catch (IllegalArgumentException unknown) {
            return minorUnits + " " + currency;
        }
    }

    /** A share of this sum, rounded down to whole units. */
    Money percent(int percent) {
        return new Money(minorUnits * percent / 100, currency);
    }

    Money minus(long units) {
        return new Money(minorUnits - units, currency);
    }

    private static int digits(String currency) {
        return Math.max(
                0, Currency.getInstance(currency.toUpperCase(Locale.ROOT)).getDefaultFractionDigits());
    }
}
