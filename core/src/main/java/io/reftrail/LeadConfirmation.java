package io.reftrail;

import io.reftrail.TransactionalEnqueue.Batch;
import io.reftrail.TransactionalEnqueue.Result;
import io.reftrail.TransactionalEnqueue.Submission;
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

/** The confirmation of leads that backends have recorded as deferred. Does not throw. */
final class LeadConfirmation {

    private static final Logger logger = LoggerFactory.getLogger(Reftrail.class);

    private final List<TrackingBackend> backends;
    private final Outbox outbox;
    private final TransactionalEnqueue enqueue;
    private final DecisionLog decisions;
    private final Clock clock;

    LeadConfirmation(
            List<TrackingBackend> backends,
            Outbox outbox,
            TransactionalEnqueue enqueue,
            DecisionLog decisions,
            Clock clock) {
        this.backends = backends;
        this.outbox = outbox;
        this.enqueue = enqueue;
        this.decisions = decisions;
        this.clock = clock;
    }

    /** Confirms the customer's lead at the backends that have recorded it as deferred. */
    LeadReport confirm(Customer customer) {
        Map<String, LeadStatus> statuses = new LinkedHashMap<>();
        for (TrackingBackend backend : backends) {
            LeadStatus status = backend.defersLeads() ? confirm(backend, customer) : LeadStatus.NO_CLICK;
            if (status != LeadStatus.NO_CLICK) {
                statuses.put(backend.name(), status);
                decisions.record(status, backend.name());
            }
        }
        return new LeadReport(statuses);
    }

    private LeadStatus confirm(TrackingBackend backend, Customer customer) {
        try {
            return LeadStatus.of(enqueue.enqueue(new Submission() {
                @Override
                public @Nullable Batch batch() {
                    LedgerEntry lead = outbox.find(backend.name(), backend.leadEventName(), customer.id());
                    if (lead != null && lead.isDeclined()) {
                        return Batch.DECLINED;
                    }
                    return lead == null
                            ? null
                            : Batch.of(Lead.of(lead.attribution(), customer, backend.leadEventName(), clock.instant())
                                    .confirming());
                }

                @Override
                public void completed(Result result, boolean afterReturn) {
                    if (afterReturn && result != Result.NOTHING) {
                        decisions.record(LeadStatus.of(result), backend.name());
                    }
                }
            }));
        } catch (RuntimeException failure) {
            logger.warn("Could not confirm a lead at {}", backend.name(), RedactedFailure.of(failure));
            return LeadStatus.REFUSED;
        }
    }
}
