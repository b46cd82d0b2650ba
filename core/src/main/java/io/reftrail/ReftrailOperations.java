package io.reftrail;

import io.reftrail.delivery.Dispatcher;
import io.reftrail.delivery.QueueStatus;
import io.reftrail.model.Decision;
import io.reftrail.outbox.Outbox;
import java.util.List;

/**
 * The operations of a running instance, for operators, health checks, meters and tests. Thread-safe.
 */
public final class ReftrailOperations {

    private final Outbox outbox;
    private final Dispatcher dispatcher;
    private final BackgroundExecutor background;
    private final LeadReporter leads;
    private final DecisionLog decisions;

    ReftrailOperations(
            Outbox outbox,
            Dispatcher dispatcher,
            BackgroundExecutor background,
            LeadReporter leads,
            DecisionLog decisions) {
        this.outbox = outbox;
        this.leads = leads;
        this.dispatcher = dispatcher;
        this.background = background;
        this.decisions = decisions;
    }

    /**
     * Starts to deliver events that a durable outbox holds from an earlier run. Without this call, delivery starts with the
     * first event. The starter and the servlet filter call it when the application is ready. Later calls do nothing.
     */
    public void start() {
        dispatcher.start();
    }

    /** Returns the state of each backend's queue in this process. */
    public List<QueueStatus> queues() {
        return dispatcher.status();
    }

    /**
     * Ends the pause of a backend's queue and sends one event as a probe. Call it after the cause of the pause is repaired.
     *
     * @return whether a backend of this name is active
     */
    public boolean resume(String backend) {
        return dispatcher.resume(backend);
    }

    /** Returns the outbox, whose methods list, replay and discard dead events. */
    public Outbox outbox() {
        return outbox;
    }

    /**
     * Returns the last decisions about landings, sign-ins, leads, sales and deliveries in this process, the newest first: up to 200
     * for each stage, without personal data.
     */
    public List<Decision> recentDecisions() {
        return decisions.recent();
    }

    /**
     * Returns whether customers of unknown age are held back now: {@link LeadSettings#unknownAge()} says so, and neither existing
     * customers have been seeded nor a cut-off is set.
     *
     * @throws io.reftrail.outbox.OutboxException if the outbox cannot be reached
     */
    public boolean holdsUnknownAge() {
        return leads.holdsUnknownAge();
    }

    /**
     * Returns whether all background work of earlier requests is done: clicks are stored in the outbox and first sign-ins in
     * its ledger. Events in the outbox may still wait for their backend. For tests.
     */
    public boolean isIdle() {
        return background.isIdle();
    }
}
