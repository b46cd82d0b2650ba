package io.reftrail.policy;

import io.reftrail.model.Decision;

/** The reasons for decisions about leads that a policy has a say in, apart from the reasons of an application's own policies. */
public enum PolicyReason implements Decision.Reason {
    /** The policy threw an exception. The lead is held. */
    POLICY_FAILED,
    /** An operator released a held or declined lead. */
    RELEASED,
    /** An operator discarded a held or declined lead. */
    DISCARDED;

    @Override
    public Decision.Stage stage() {
        return Decision.Stage.POLICY;
    }
}
