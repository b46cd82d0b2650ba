package io.reftrail;

import io.reftrail.backend.TrackingBackend;
import io.reftrail.capture.CaptureRule;
import io.reftrail.model.Attribution;
import io.reftrail.model.Customer;
import io.reftrail.model.Lead;
import io.reftrail.model.RedactedFailure;
import io.reftrail.outbox.Outbox;
import io.reftrail.outbox.Outbox.Enqueued;
import io.reftrail.outbox.UnitOfWork;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides whether a customer is a lead and brings the lead into the outbox, bound to the caller's transaction. */
final class LeadIntake {

    private static final Logger logger = LoggerFactory.getLogger(LeadIntake.class);

    private final Outbox outbox;
    private final UnitOfWork unitOfWork;
    private final LeadListener listener;
    private final Clock clock;

    LeadIntake(Outbox outbox, UnitOfWork unitOfWork, LeadListener listener, Clock clock) {
        this.outbox = outbox;
        this.unitOfWork = unitOfWork;
        this.listener = listener;
        this.clock = clock;
    }

    /**
     * Never throws.
     *
     * @param whenSafe runs once the lead cannot be lost by what the caller does next
     */
    LeadStatus take(
            TrackingBackend backend,
            Attribution attribution,
            Customer customer,
            boolean repeatable,
            Runnable whenSafe) {
        LeadStatus status;
        try {
            Instant now = clock.instant();
            status = isExisting(backend, attribution, customer, now)
                    ? LeadStatus.EXISTING_CUSTOMER
                    : accept(backend, lead(backend, attribution, customer, repeatable, now), () -> runSafely(whenSafe));
        } catch (RuntimeException failure) {
            logger.warn(
                    "A lead could not be reported; the visitor's cookie stays for the next try",
                    RedactedFailure.of(failure));
            status = LeadStatus.REFUSED;
        }
        tell(backend, status);
        return status;
    }

    /** What runs after the caller's commit must not fail the caller. */
    private static void runSafely(Runnable whenSafe) {
        try {
            whenSafe.run();
        } catch (RuntimeException failure) {
            logger.warn("The cookie of a lead that is safe could not be expired", RedactedFailure.of(failure));
        }
    }

    private static Lead lead(
            TrackingBackend backend, Attribution attribution, Customer customer, boolean repeatable, Instant now) {
        Lead lead = Lead.of(attribution, customer, backend.leadEventName(), now);
        return repeatable ? lead.repeatable() : lead;
    }

    /** No click that counts was before the attribution window, whatever a visitor's cookie says or leaves out. */
    private static boolean isExisting(
            TrackingBackend backend, Attribution attribution, Customer customer, Instant now) {
        Instant createdAt = customer.createdAt();
        if (createdAt == null) {
            return false;
        }
        Duration window = backend.captureRules().stream()
                .map(CaptureRule::window)
                .max(Comparator.naturalOrder())
                .orElse(CaptureRule.LONGEST_WINDOW);
        Instant earliest = now.minus(window);
        Instant clickedAt = attribution.clickedAt();
        return createdAt.isBefore(clickedAt == null || clickedAt.isBefore(earliest) ? earliest : clickedAt);
    }

    private LeadStatus accept(TrackingBackend backend, Lead lead, Runnable whenSafe) {
        if (outbox.joinsTransaction()) {
            LeadStatus status = enqueue(lead);
            if (status != LeadStatus.REFUSED) {
                unitOfWork.afterCommit(whenSafe);
            }
            return status;
        }
        AfterCommit enqueueing = new AfterCommit(backend, lead, whenSafe);
        unitOfWork.afterCommit(enqueueing);
        return enqueueing.returnStatus();
    }

    private LeadStatus enqueue(Lead lead) {
        try {
            return outbox.enqueue(lead) == Enqueued.ACCEPTED ? LeadStatus.ENQUEUED : LeadStatus.DUPLICATE;
        } catch (RuntimeException failure) {
            logger.warn(
                    "The outbox refused {}; the visitor's cookie stays for the next try",
                    lead,
                    RedactedFailure.of(failure));
            return LeadStatus.REFUSED;
        }
    }

    private void tell(TrackingBackend backend, LeadStatus status) {
        try {
            listener.onLead(backend.name(), status);
        } catch (RuntimeException failure) {
            logger.warn("A lead listener failed", RedactedFailure.of(failure));
        }
    }

    /** Enqueues when the caller has committed, which is at once where there is no transaction. */
    private final class AfterCommit implements Runnable {

        private final TrackingBackend backend;
        private final Lead lead;
        private final Runnable whenSafe;
        private LeadStatus status = LeadStatus.AFTER_COMMIT;
        private boolean returned;

        AfterCommit(TrackingBackend backend, Lead lead, Runnable whenSafe) {
            this.backend = backend;
            this.lead = lead;
            this.whenSafe = whenSafe;
        }

        LeadStatus returnStatus() {
            returned = true;
            return status;
        }

        @Override
        public void run() {
            status = enqueue(lead);
            if (status != LeadStatus.REFUSED) {
                whenSafe.run();
            }
            if (returned) {
                tell(backend, status);
            }
        }
    }
}
