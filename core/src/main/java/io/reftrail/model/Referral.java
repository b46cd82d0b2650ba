package io.reftrail.model;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A customer who was brought by another customer.
 *
 * @param customerId the application's id of the new customer
 * @param referrerId the application's id of the customer whose link was followed
 * @param signedUpAt the time of the sign-up
 * @param status the step that the referral has reached
 * @param invoiceId the invoice of the payment that earns the reward, or {@code null} if there is none
 * @param paidAt the time of that payment, or {@code null}
 * @param amount what is left of that payment after refunds, or {@code null}
 * @param rewardedAt when both sides got their reward, or {@code null}
 * @param attempts how often the application was asked to give the reward
 */
public record Referral(
        String customerId,
        String referrerId,
        Instant signedUpAt,
        Status status,
        @Nullable String invoiceId,
        @Nullable Instant paidAt,
        @Nullable Money amount,
        @Nullable Instant rewardedAt,
        int attempts) {

    /** The name of the built-in backend whose events are referrals. */
    public static final String BACKEND = "own";

    /** The steps on the way to a reward. */
    public enum Status {
        /** The customer has not paid yet. */
        SIGNED_UP,
        /** The customer has paid; the reward is due if the payment is not refunded. */
        PAID,
        /** All payments were refunded. Another payment may still earn the reward. */
        REFUNDED,
        /** Both sides got their reward. Final. */
        REWARDED;

        /** Returns the name as it appears in tables, for example {@code signed-up}. */
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /**
         * Returns the constant with the given {@linkplain #text() text}.
         *
         * @throws IllegalArgumentException if there is none
         */
        public static Status of(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }

    /** Returns a description without ids, which are often e-mail addresses. */
    @Override
    public String toString() {
        return "Referral[signedUpAt=" + signedUpAt + ", status=" + status.text() + "]";
    }
}
