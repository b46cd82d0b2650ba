package io.reftrail;

/** What became of a lead that was handed to {@link Reftrail}. */
public enum LeadStatus {
    /** It waits in the outbox; the backend will hear of it. */
    ENQUEUED,
    /** It will be enqueued when the caller's transaction has committed, and not at all if that rolls back. */
    AFTER_COMMIT,
    /** This customer's lead was reported before. */
    DUPLICATE,
    /** The account is older than the click: the partner has brought nobody new. */
    EXISTING_CUSTOMER,
    /** The outbox could not take it. The cookie stays, so that the next sign-in tries again. */
    REFUSED;

    static LeadStatus of(EventIntake.Taken taken) {
        return valueOf(taken.name());
    }
}
