package io.reftrail;

import io.reftrail.EventIntake.Batch;
import io.reftrail.EventIntake.Taken;
import io.reftrail.backend.TrackingBackend;
import io.reftrail.model.Event;
import io.reftrail.model.Lead;
import io.reftrail.model.Payment;
import io.reftrail.model.RedactedFailure;
import io.reftrail.model.Refund;
import io.reftrail.model.Sale;
import io.reftrail.outbox.LedgerEntry;
import io.reftrail.outbox.Outbox;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the lead of a paying customer in the outbox, and stores the sale. Throws only after all backends were tried. */
final class SaleIntake {

    private static final Logger logger = LoggerFactory.getLogger(SaleIntake.class);

    private final List<TrackingBackend> backends;
    private final Outbox outbox;
    private final EventIntake intake;
    private final SaleListener listener;
    private final DecisionLog decisions;
    private final Clock clock;

    SaleIntake(
            List<TrackingBackend> backends,
            Outbox outbox,
            EventIntake intake,
            SaleListener listener,
            DecisionLog decisions,
            Clock clock) {
        this.backends = backends;
        this.outbox = outbox;
        this.intake = intake;
        this.listener = listener;
        this.decisions = decisions;
        this.clock = clock;
    }

    /** Makes the event of a customer whose lead stands in the ledger. */
    private interface Kind {
        Event event(TrackingBackend backend, LedgerEntry lead, Instant now);
    }

    SaleReport sale(Payment payment) {
        boolean free = payment.amount().amount().signum() == 0;
        return report(
                Event.Type.SALE, payment.customerId(), free, (backend, lead, now) -> sale(backend, lead, payment, now));
    }

    /** A lead that has to be confirmed counts from then on, and a sale only after it, if it is on its way. */
    private Sale sale(TrackingBackend backend, LedgerEntry lead, Payment payment, Instant now) {
        Sale sale = Sale.of(lead.attribution(), payment, backend.leadEventName(), now);
        if (!backend.defersLeads()) {
            return sale;
        }
        String confirmation = Lead.confirmationKey(
                Lead.deduplicationKey(backend.name(), backend.leadEventName(), payment.customerId()));
        return outbox.find(confirmation) == null ? sale : sale.following(confirmation);
    }

    SaleReport refund(RefundRequest refund) {
        boolean free = refund.amount() != null && refund.amount().amount().signum() == 0;
        return report(
                Event.Type.REFUND,
                refund.customerId(),
                free,
                (backend, lead, now) -> Refund.of(
                        lead.attribution(),
                        refund.customerId(),
                        refund.invoiceId(),
                        refund.refundId(),
                        refund.amount(),
                        refund.reason(),
                        now));
    }

    private SaleReport report(Event.Type type, String customerId, boolean free, Kind kind) {
        Map<String, SaleStatus> statuses = new LinkedHashMap<>();
        for (TrackingBackend backend : backends) {
            if (backend.reports().contains(type)) {
                SaleStatus status = report(backend, type, customerId, free, kind);
                if (status != null) {
                    statuses.put(backend.name(), status);
                    tell(backend, type, status);
                } else {
                    decisions.record(SaleStatus.NO_LEAD, backend.name(), null);
                }
            }
        }
        EventRefusedException.throwIfAny(
                type.name().toLowerCase(Locale.ROOT),
                statuses.keySet().stream()
                        .filter(backend -> statuses.get(backend) == SaleStatus.REFUSED)
                        .toList());
        return new SaleReport(statuses);
    }

    /** Returns {@code null} for a customer whom no partner of this backend has brought. */
    private @Nullable SaleStatus report(
            TrackingBackend backend, Event.Type type, String customerId, boolean free, Kind kind) {
        try {
            if (free) {
                return lead(backend, customerId) == null ? null : SaleStatus.NO_AMOUNT;
            }
            Taken taken = intake.take(
                    () -> batch(backend, customerId, kind), () -> {}, late -> tell(backend, type, SaleStatus.of(late)));
            return taken == Taken.NOTHING ? null : SaleStatus.of(taken);
        } catch (RuntimeException failure) {
            logger.warn("A {} for {} could not be reported", type, backend.name(), RedactedFailure.of(failure));
            return SaleStatus.REFUSED;
        }
    }

    /** The customer's lead may have been brought by the very transaction that brings the sale. */
    private @Nullable Batch batch(TrackingBackend backend, String customerId, Kind kind) {
        LedgerEntry lead = lead(backend, customerId);
        return lead == null ? null : Batch.of(kind.event(backend, lead, clock.instant()));
    }

    private @Nullable LedgerEntry lead(TrackingBackend backend, String customerId) {
        return outbox.find(backend.name(), backend.leadEventName(), customerId);
    }

    private void tell(TrackingBackend backend, Event.Type type, SaleStatus status) {
        decisions.record(status, backend.name(), null);
        listener.onSale(backend.name(), type, status);
    }
}
