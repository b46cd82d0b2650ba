package io.reftrail;

import io.reftrail.model.Decision;

/** The status of a reported lead at one backend. */
public enum LeadStatus implements Decision.Reason {
    /** The lead is stored in the outbox and will be sent. */
    ENQUEUED,
    /** The lead will be stored when the caller's transaction has committed; not if it rolls back. */
    AFTER_COMMIT,
    /** The customer's lead was reported before. */
    DUPLICATE,
    /** A policy holds the lead: it is stored, and will be sent if an operator releases it. */
    HELD,
    /** A policy has declined the lead: it is stored and not sent, unless an operator releases it. */
    DECLINED,
    /** The customer is older than the click, so the partner did not refer a new customer. */
    EXISTING_CUSTOMER,
    /** The customer's age is unknown and {@link LeadSettings#unknownAge()} holds such leads. The cookie is kept. */
    AGE_UNKNOWN,
    /**
     * The request carries no click, or one that this browser has used for a lead before. Never in a {@link LeadReport}, which is
     * empty then; only in a decision.
     */
    NO_CLICK,
    /** The sign-up was reported outside a request, so its click is unknown. Never in a {@link LeadReport}, only in a decision. */
    NO_REQUEST,
    /**
     * The visitor has a click, but the sign-up names no customer: the condition of its {@code @TrackLead} method is false, or
     * there is no id. Never in a {@link LeadReport}, only in a decision.
     */
    NO_CUSTOMER,
    /** The customer followed their own link. The cookie is expired. */
    SELF_REFERRAL,
    /** The link belongs to no customer: its code was made up, or its customer was erased. The cookie is expired. */
    UNKNOWN_LINK,
    /** The lead could not be stored; the log has the cause. The cookie is kept, so that the next sign-in tries again. */
    REFUSED;

    static LeadStatus of(TransactionalEnqueue.Result result) {
        return switch (result) {
            case ENQUEUED -> ENQUEUED;
            case AFTER_COMMIT -> AFTER_COMMIT;
            case DUPLICATE -> DUPLICATE;
            case HELD -> HELD;
            case DECLINED -> DECLINED;
            case REFUSED -> REFUSED;
            case NOTHING -> NO_CLICK;
        };
    }

    @Override
    public Decision.Stage stage() {
        return Decision.Stage.LEAD;
    }
}
