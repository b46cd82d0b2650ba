package io.example.friends;

import io.reftrail.ReferralRewarded;
import org.springframework.context.event.EventListener;

/** What the shop gives to both sides. */
class Rewards {

    /** The shop's own vouchers. */
    interface Vouchers {
        void give(String customerId, String text);
    }

    private final Vouchers vouchers;

    Rewards(Vouchers vouchers) {
        this.vouchers = vouchers;
    }

    @EventListener
    void reward(ReferralRewarded reward) {
        vouchers.give(reward.referrerId(), "10 euros for your friend");
        vouchers.give(reward.customerId(), "10 euros for you");
    }
}
