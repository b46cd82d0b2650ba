package io.reftrail;

/** A listener that is notified of each lead, for meters. Called on the caller's thread; must not block. */
@FunctionalInterface
public interface LeadListener {

    /** A listener that does nothing. */
    LeadListener NONE = (backend, status) -> {};

    /**
     * Called for each backend that a customer is attributed to. After {@link LeadStatus#AFTER_COMMIT} it is called again with the
     * final status when the transaction has committed.
     */
    void onLead(String backend, LeadStatus status);
}
