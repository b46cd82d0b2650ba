package io.reftrail;

/** Told what became of each lead: the hook for metrics. Called on the caller's thread; must not block. */
@FunctionalInterface
public interface LeadListener {

    /** Listens to nothing. */
    LeadListener NONE = (backend, status) -> {};

    /**
     * Called for each backend whose click a new customer carried; after {@link LeadStatus#AFTER_COMMIT} a second time, if
     * the commit came, with what became of it.
     */
    void onLead(String backend, LeadStatus status);
}
