package io.reftrail.journey;

import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A sign-up, payment or refund of a customer.
 *
 * @param kind the kind
 * @param id the id among the conversions of this kind of the customer: that of the invoice or refund, or {@code sign-up}
 * @param time when it was reported, to the millisecond
 * @param amount the amount in major units with the currency's decimals, negative for a refund, or {@code null} for a sign-up
 * @param currency the currency of the amount, or {@code null} for a sign-up
 */
public record Conversion(
        Kind kind,
        String id,
        Instant time,
        @Nullable BigDecimal amount,
        @Nullable Currency currency) implements Serializable {

    /** The kind of a conversion. */
    public enum Kind {
        /** The customer has signed up. */
        SIGN_UP,
        /** The customer has paid. */
        PAYMENT,
        /** A payment, or a part of it, was refunded. */
        REFUND;

        /** Returns the name as it appears in tables and exports, for example {@code sign-up}. */
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /**
         * Returns the kind with the given {@linkplain #text() text}.
         *
         * @throws IllegalArgumentException if there is none
         */
        public static Kind of(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }

    /** @throws IllegalArgumentException if there is an amount without a currency or the other way round */
    public Conversion {
        Objects.requireNonNull(time, "time");
        if ((amount == null) != (currency == null)) {
            throw new IllegalArgumentException("an amount has a currency");
        }
    }

    /** Returns the sign-up of a customer. */
    public static Conversion signUp(Instant time) {
        return new Conversion(Kind.SIGN_UP, Kind.SIGN_UP.text(), time, null, null);
    }

    /** Returns a description without the id. */
    @Override
    public String toString() {
        return "Conversion[kind=" + kind + ", time=" + time + "]";
    }
}
