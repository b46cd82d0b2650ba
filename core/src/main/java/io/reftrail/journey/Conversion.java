package io.reftrail.journey;

import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A step of a customer that matters to the merchant: the sign-up, a payment, or a refund.
 *
 * @param kind what it was
 * @param id what identifies it among those of its kind and customer: the id of the invoice or of the refund, {@code sign-up} for the
 *     sign-up
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
        /** Became a customer. */
        SIGN_UP,
        /** Paid. */
        PAYMENT,
        /** Was paid back. */
        REFUND;

        /** Returns the name as it stands in tables and exports, for example {@code sign-up}. */
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /**
         * Returns the kind of a {@linkplain #text() text}.
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
