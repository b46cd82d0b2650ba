package io.reftrail;

import io.reftrail.backend.HttpCall;
import io.reftrail.backend.RateLimit;
import io.reftrail.backend.TrackingBackend;
import io.reftrail.delivery.Dispatcher;
import io.reftrail.delivery.HttpTransport;
import io.reftrail.delivery.QueueStatus;
import io.reftrail.model.Decision;
import io.reftrail.model.RedactedFailure;
import io.reftrail.outbox.CustomerEvent;
import io.reftrail.outbox.DeadEvent;
import io.reftrail.outbox.Outbox;
import io.reftrail.outbox.Withheld;
import io.reftrail.outbox.WithheldEvent;
import io.reftrail.policy.PolicyReason;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operations of a running instance, for operators, health checks, meters and tests. Thread-safe.
 */
public final class ReftrailOperations {

    private static final int DEAD_BATCH = 1_000;

    private static final Logger logger = LoggerFactory.getLogger(Reftrail.class);

    private static final int RELEASED_AT_ONCE = 100;

    private final List<TrackingBackend> backends;
    private final Outbox outbox;
    private final Dispatcher dispatcher;
    private final HttpTransport transport;
    private final BackgroundExecutor background;
    private final LeadReporter leads;
    private final DecisionLog decisions;
    private final @Nullable Referrals referrals;

    ReftrailOperations(
            List<TrackingBackend> backends,
            Outbox outbox,
            Dispatcher dispatcher,
            HttpTransport transport,
            BackgroundExecutor background,
            LeadReporter leads,
            DecisionLog decisions,
            @Nullable Referrals referrals) {
        this.backends = backends;
        this.outbox = outbox;
        this.transport = transport;
        this.leads = leads;
        this.dispatcher = dispatcher;
        this.background = background;
        this.decisions = decisions;
        this.referrals = referrals;
    }

    /**
     * Starts to deliver events that a durable outbox holds from an earlier run, and to give rewards to customers. Without this call,
     * both start with the first event. The starter and the servlet filter call it when the application is ready. Later calls do
     * nothing.
     */
    public void start() {
        dispatcher.start();
        if (referrals != null) {
            referrals.start();
        }
    }

    /** Returns the state of each backend's queue in this process. */
    public List<QueueStatus> queues() {
        return dispatcher.status();
    }

    /**
     * Ends the pause of a backend's queue and sends one event as a probe. Call it after you have removed the cause of the pause.
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
     * Replays each dead event of a backend once. Events that become dead again meanwhile stay dead. Leaves out events that the vendor
     * {@linkplain DeadEvent#mayBeRecorded() may have recorded}: check its records, and replay them one by one.
     *
     * @return the number of events that were replayed
     * @throws io.reftrail.outbox.OutboxException if the outbox cannot be reached
     */
    public int replayDead(String backend) {
        Set<String> replayed = new HashSet<>();
        int limit = DEAD_BATCH;
        while (true) {
            List<DeadEvent> dead = outbox.dead(limit);
            List<String> found = dead.stream()
                    .filter(event -> event.backend().equals(backend) && !event.mayBeRecorded())
                    .map(DeadEvent::id)
                    .filter(id -> !replayed.contains(id))
                    .toList();
            int before = replayed.size();
            found.stream().filter(outbox::replay).forEach(replayed::add);
            if (dead.size() < limit) {
                return replayed.size();
            }
            limit = replayed.size() == before ? limit * 2 : limit;
        }
    }

    /**
     * Returns the leads that policies hold or have declined, of all active backends: held ones before declined ones, and of each
     * the oldest first. Leaves out discarded leads.
     *
     * @param limit the maximum number of leads
     * @throws io.reftrail.outbox.OutboxException if the outbox cannot be reached
     */
    public List<WithheldEvent> withheld(int limit) {
        return backends.stream()
                .flatMap(backend -> outbox.withheld(backend.name(), limit).stream())
                .sorted(Comparator.comparing(WithheldEvent::state).thenComparing(WithheldEvent::since))
                .limit(limit)
                .toList();
    }

    /**
     * Releases a lead that a policy holds or has declined: it is sent, and the sales that wait for it follow.
     *
     * @param id see {@link WithheldEvent#id()}
     * @return whether there was such a lead
     * @throws io.reftrail.outbox.OutboxException if the outbox cannot be reached
     */
    public boolean release(String id) {
        boolean released = outbox.release(id);
        if (released) {
            decisions.record(PolicyReason.RELEASED, null);
        }
        return released;
    }

    /**
     * Releases the leads that policies hold for a backend, but none that was declined.
     *
     * @return the number of leads that were released
     * @throws io.reftrail.outbox.OutboxException if the outbox cannot be reached
     */
    public int releaseHeld(String backend) {
        int released = 0;
        for (int before = -1; before < released; ) {
            before = released;
            for (WithheldEvent event : outbox.withheld(backend, RELEASED_AT_ONCE)) {
                released += event.state() == Withheld.HELD && release(event.id()) ? 1 : 0;
            }
        }
        return released;
    }

    /**
     * Discards a lead that a policy holds or has declined: only its deduplication key stays, and the sales that wait
     * for it are not sent.
     *
     * @param id see {@link WithheldEvent#id()}
     * @return whether there was such a lead
     * @throws io.reftrail.outbox.OutboxException if the outbox cannot be reached
     */
    public boolean discardWithheld(String id) {
        boolean discarded = outbox.discardWithheld(id);
        if (discarded) {
            decisions.record(PolicyReason.DISCARDED, null);
        }
        return discarded;
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
     * Returns what is known of a customer: the events and the clicks that they follow, the oldest first.
     *
     * @param customerId the application's id of the customer
     * @throws io.reftrail.outbox.OutboxException if the outbox cannot be reached
     */
    public List<CustomerEvent> history(String customerId) {
        return outbox.history(
                customerId,
                backends.stream().collect(Collectors.toMap(TrackingBackend::name, TrackingBackend::leadEventName)));
    }

    /** Returns the documented limit of calls to a backend, or {@code null} if there is none or no such backend is active. */
    public @Nullable RateLimit rateLimit(String backend) {
        return backends.stream()
                .filter(active -> active.name().equals(backend))
                .map(TrackingBackend::rateLimit)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /**
     * Makes the call that a vendor documents for checking a key and that records nothing. Waits for the answer.
     *
     * @return the result; {@link KeyCheck#NOT_DOCUMENTED} without a call if the vendor documents none, or if no such backend is
     *     active
     */
    public KeyCheck checkKey(String backend) {
        HttpCall call = backends.stream()
                .filter(active -> active.name().equals(backend))
                .map(TrackingBackend::keyCheck)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        if (call == null) {
            return KeyCheck.NOT_DOCUMENTED;
        }
        try {
            int status = transport.send(call).status();
            if (status == 401 || status == 403) {
                return KeyCheck.REFUSED;
            }
            return status / 100 == 2 ? KeyCheck.ACCEPTED : KeyCheck.UNCLEAR;
        } catch (IOException | RuntimeException away) {
            logger.debug("The key of {} could not be checked", backend, RedactedFailure.of(away));
            return KeyCheck.UNREACHABLE;
        }
    }

    /** The result of checking a vendor's key. */
    public enum KeyCheck {
        /** The vendor accepts the key. */
        ACCEPTED,
        /** The vendor refuses the key. */
        REFUSED,
        /** The vendor's answer says nothing about the key. */
        UNCLEAR,
        /** The vendor did not answer. */
        UNREACHABLE,
        /** The vendor documents no call for this. */
        NOT_DOCUMENTED
    }

    /**
     * Returns whether all background work of earlier requests is done: clicks are stored in the outbox and first sign-ins in
     * its ledger. Events in the outbox may still wait for their backend. For tests.
     */
    public boolean isIdle() {
        return background.isIdle();
    }
}
