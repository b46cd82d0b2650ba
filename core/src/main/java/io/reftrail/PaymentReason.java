package io.reftrail;

import io.reftrail.model.Decision;

/**
 * The result of a payment provider's delivery, and of each payment in it that is not a sale. Sales and refunds that follow from
 * it have decisions of their own, of the stage {@link Decision.Stage#SALE}.
 */
public enum PaymentReason implements Decision.Reason {
    /** The delivery contains something new, which is stored. */
    RECORDED,
    /** The delivery will be examined when the caller's transaction has committed. */
    AFTER_COMMIT,
    /** The delivery contains nothing new. */
    REPEATED,
    /** The delivery is about something that results in no sale. */
    NOT_A_PAYMENT,
    /** The delivery is from test mode although live payments count, or the other way round. */
    OTHER_MODE,
    /** The delivery has no valid signature. */
    FORGED,
    /** The signature is valid, but its time is too long ago, or in the future. */
    STALE,
    /** The delivery is longer than is accepted. */
    TOO_LONG,
    /** The delivery is signed, but cannot be read. */
    UNREADABLE,
    /** The delivery could not be stored; the provider is asked to send it again. */
    FAILED,
    /** A payment is known, but its customer is not. It becomes a sale when the provider names the customer. */
    UNKNOWN_CUSTOMER,
    /** Nothing was paid: a trial, a full coupon, or the customer's balance. */
    NO_AMOUNT,
    /**
     * Less was refunded than was reported, because a refund has failed. Only a backend that receives the sum of a sale's refunds
     * takes it back.
     */
    REFUND_STAYS,
    /** A trial has begun. */
    TRIAL_STARTED,
    /** A subscription has ended. */
    CANCELLED;

    @Override
    public Decision.Stage stage() {
        return Decision.Stage.PAYMENT;
    }
}
