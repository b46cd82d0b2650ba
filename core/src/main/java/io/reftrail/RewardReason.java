package io.reftrail;

import io.reftrail.model.Decision;

/** The reasons of decisions about rewards. */
enum RewardReason implements Decision.Reason {
    /** Both sides have their reward. */
    REWARDED,
    /** A listener has failed; the reward is tried again. */
    FAILED,
    /** The payment was refunded, or a customer erased, at the moment of the reward; no reward was given. */
    CANCELLED;

    @Override
    public Decision.Stage stage() {
        return Decision.Stage.REWARD;
    }
}
