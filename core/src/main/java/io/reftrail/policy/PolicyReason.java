package io.reftrail.policy;

import io.reftrail.model.Decision;
import io.reftrail.policy.LeadPolicy.Verdict;

/** The reasons of the policies that come with Reftrail, and of operators. Policies of an application have their own reasons. */
public enum PolicyReason implements Decision.Reason {
    /** The partner refers themselves. */
    SELF_REFERRAL,
    /** The customer has a disposable mail address. */
    DISPOSABLE_MAIL,
    /** Many customers of one partner signed up from one network. */
    SAME_NETWORK,
    /** The policy threw an exception. The lead is held. */
    POLICY_FAILED,
    /** An operator released a held or declined lead. */
    RELEASED,
    /** An operator discarded a held or declined lead. */
    DISCARDED;

    Verdict verdict(Verdict.Kind kind) {
        return kind == Verdict.Kind.ACCEPT ? Verdict.accept() : new Verdict(kind, text());
    }

    @Override
    public Decision.Stage stage() {
        return Decision.Stage.POLICY;
    }
}
