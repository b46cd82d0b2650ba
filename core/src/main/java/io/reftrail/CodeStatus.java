package io.reftrail;

import io.reftrail.model.Decision;

/** The status of a code that a visitor has given in a form: what is known about it. */
public enum CodeStatus implements Decision.Reason {
    /**
     * The application's {@link ReferralCodes} or a vendor's setting {@code codes} have the code, or it is that of a customer's
     * link.
     */
    KNOWN,
    /** It can be a partner's code of one vendor, which confirms or denies it in the background. */
    UNCONFIRMED,
    /** There is no such code. */
    UNKNOWN,
    /** It can be a code of several vendors, so it is not used: set {@code codes} or {@code code-pattern} of each. */
    AMBIGUOUS,
    /** The {@link ReferralCodes} name a backend that is not active or takes no codes; nothing is reported. */
    NO_BACKEND,
    /** The code may exist, but the visitor's click ({@link CodeSettings#wins()}) or the customer's earlier lead counts instead. */
    CLICK_COUNTS,
    /** The request or the {@link ReferralCodes} failed; the log has the cause. The code is not used. */
    FAILED,
    /** The vendor has the code. Never in a {@link LeadReport}, only in a decision. */
    CONFIRMED,
    /** The vendor does not have the code, or does not count it. Never in a {@link LeadReport}, only in a decision. */
    DENIED;

    @Override
    public Decision.Stage stage() {
        return Decision.Stage.CODE;
    }
}
