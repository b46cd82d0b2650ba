package io.reftrail.outbox;

import io.reftrail.model.Outcome.Verdict;
import io.reftrail.model.Referral;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The part of an outbox that stores which customer has referred which, under the application's own ids. {@link Outbox#settle}
 * fills it: the outbox stores a lead, sale or refund of the backend {@code own} here when it is settled as recorded.
 * {@link Outbox#forget} erases a customer on both sides. Safe for use by many threads.
 */
public interface ReferralStore {

    /** The longest customer's id, in characters. */
    int LONGEST_ID = 255;

    /**
     * Returns the settlements whose events an outbox stores as referrals: those that the backend {@code own} has recorded. Events
     * of one customer keep their order. The customers are in the order of their ids, so that two processes do not deadlock.
     */
    static List<Settled> recorded(List<Settled> settled) {
        return settled.stream()
                .filter(one -> one.claim().event().backend().equals(Referral.BACKEND)
                        && one.claim().event().customerId() != null
                        && one.settlement() instanceof Settlement.Done done
                        && done.outcome().verdict() == Verdict.RECORDED)
                .sorted(Comparator.comparing(
                        one -> String.valueOf(one.claim().event().customerId())))
                .toList();
    }

    /**
     * Returns the code of a customer's link. The first call stores one, and all later calls return the same, on any node.
     *
     * @param random the function that creates a code of at most 40 characters that cannot be guessed
     * @throws OutboxException if it cannot be stored, also for an id longer than {@value #LONGEST_ID}; the caller's transaction stays
     *     usable
     */
    String code(String customerId, Supplier<String> random);

    /**
     * Returns the customer whose link has this code, or {@code null} if there is none.
     *
     * @throws OutboxException if the outbox cannot be reached
     */
    @Nullable
    String referrer(String code);

    /**
     * Returns the referral by which a customer came, or {@code null} if there is none.
     *
     * @throws OutboxException if the outbox cannot be reached
     */
    @Nullable
    Referral find(String customerId);

    /**
     * Returns the referrals by a customer, the latest first.
     *
     * @param limit the maximum number
     * @throws OutboxException if the outbox cannot be reached
     */
    List<Referral> referralsBy(String referrerId, int limit);

    /**
     * Claims referrals whose reward is due, those with the oldest payment first. No other process gets them until the lease ends.
     *
     * @param paidUntil the latest time of a payment that earns a reward now
     * @param now the time by which leases and delays are compared
     * @param leaseUntil the end of the lease
     * @param lease a text of at most 60 characters that distinguishes this claim from all others
     * @throws OutboxException if the outbox cannot be reached
     */
    List<Referral> claimRewards(Instant paidUntil, Instant now, Instant leaseUntil, String lease, int limit);

    /**
     * Marks a claimed referral as rewarded, in the caller's transaction if the outbox joins it.
     *
     * @param given whether both sides have their reward already, so that a refund since the claim comes too late
     * @return whether the claim is still held and, unless the reward is given already, the payment stands
     * @throws OutboxException if it cannot be stored
     */
    boolean reward(String customerId, String lease, Instant at, boolean given);

    /**
     * Ends a claim whose reward could not be given.
     *
     * @param retryAt when it may be claimed again
     * @throws OutboxException if the outbox cannot be reached; the claim ends with its lease then
     */
    void release(String customerId, String lease, Instant retryAt);
}
