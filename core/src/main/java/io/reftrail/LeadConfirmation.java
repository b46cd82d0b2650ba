package io.reftrail;

import io.reftrail.EventIntake.Batch;
import io.reftrail.EventIntake.Taken;
import io.reftrail.backend.TrackingBackend;
import io.reftrail.model.Customer;
import io.reftrail.model.Lead;
import io.reftrail.model.RedactedFailure;
import io.reftrail.outbox.LedgerEntry;
import io.reftrail.outbox.Outbox;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Confirms leads that backends took as deferred. Never throws. */
final class LeadConfirmation {

    private static final Logger logger = LoggerFactory.getLogger(Reftrail.class);

    private final List<TrackingBackend> backends;
    private final Outbox outbox;
    private final EventIntake intake;
    private final DecisionLog decisions;
    private final Clock clock;

    LeadConfirmation(
            List<TrackingBackend> backends, Outbox outbox, EventIntake intake, DecisionLog decisions, Clock clock) {
        this.backends = backends;
        this.outbox = outbox;
        this.intake = intake;
        this.decisions = decisions;
        this.clock = clock;
    }

    LeadReport confirm(Customer customer) {
        Map<String, LeadStatus> statuses = new LinkedHashMap<>();
        for (TrackingBackend backend : backends) {
            LeadStatus status = backend.defersLeads() ? confirm(backend, customer) : null;
            if (status != null) {
                statuses.put(backend.name(), status);
                decisions.record(status, backend.name(), null);
            }
        }
        return new LeadReport(statuses);
    }

    private @Nullable LeadStatus confirm(TrackingBackend backend, Customer customer) {
        try {
            Taken taken = intake.take(() -> batch(backend, customer), () -> {}, late -> {});
            return taken == Taken.NOTHING ? null : LeadStatus.of(taken);
        } catch (RuntimeException failure) {
            logger.warn("A lead at {} could not be confirmed", backend.name(), RedactedFailure.of(failure));
            return LeadStatus.REFUSED;
        }
    }

    private @Nullable Batch batch(TrackingBackend backend, Customer customer) {
        LedgerEntry lead = outbox.find(backend.name(), backend.leadEventName(), customer.id());
        return lead == null
                ? null
                : Batch.of(Lead.of(lead.attribution(), customer, backend.leadEventName(), clock.instant())
                        .confirming());
    }
}
