package io.reftrail;

/**
 * The application's part of "refer a friend", which gives both sides their reward. Called on a thread of Reftrail's own, by one
 * process for each reward.
 */
@FunctionalInterface
public interface RewardListener {

    /**
     * Gives the reward. What it stores in the transaction that Reftrail {@linkplain ReftrailBuilder#rewardTransactions has begun}
     * is stored exactly once. What it does elsewhere happens again if the process dies before the reward is marked as given: let
     * the other side recognise a repetition by {@link ReferralRewarded#customerId()}.
     *
     * @throws RuntimeException if the reward cannot be given now; the listener is called again later
     */
    void onRewarded(ReferralRewarded reward);
}
