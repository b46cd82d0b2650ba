package io.reftrail;

import io.reftrail.model.Money;
import java.time.Instant;

/**
 * The reward of one referral, which both sides get now, because the friend's payment was not refunded in time. There is one for
 * each new customer.
 *
 * @param referrerId the application's id of the customer whose link was followed
 * @param customerId the application's id of the new customer; it identifies the reward
 * @param invoiceId the invoice of the payment that has earned the reward
 * @param paidAt the time of that payment
 * @param amount what is left of that payment after refunds
 */
public record ReferralRewarded(String referrerId, String customerId, String invoiceId, Instant paidAt, Money amount) {

    /** Returns a description without ids, which are often e-mail addresses. */
    @Override
    public String toString() {
        return "ReferralRewarded[paidAt=" + paidAt + "]";
    }
}
