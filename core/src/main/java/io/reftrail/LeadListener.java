package io.reftrail;

/** Told what became of each lead: the hook for metrics. Called on the caller's thread; must not block. */
@FunctionalInterface
public interface LeadListener {

    /** Listens to nothing. */
    LeadListener NONE = (backend, status) -> {};

    /** Called for each backend whose click a new customer carried. */
    void onLead(String backend, LeadStatus status);
}
