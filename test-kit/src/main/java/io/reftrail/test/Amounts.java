package io.reftrail.test;

import io.reftrail.model.Money;
import java.math.BigDecimal;

/** Amounts as tests write them. */
final class Amounts {

    private Amounts() {}

    /** @throws IllegalArgumentException if there is no such amount in the currency */
    static Money of(String amount, String currency) {
        return Money.of(new BigDecimal(amount), currency);
    }

    static String text(Money money) {
        return money.amount().toPlainString() + " " + money.currency().getCurrencyCode();
    }
}
