package io.reftrail;

import io.reftrail.TransactionalEnqueue.Batch;
import io.reftrail.TransactionalEnqueue.Result;
import io.reftrail.TransactionalEnqueue.Submission;
import io.reftrail.backend.TrackingBackend;
import io.reftrail.model.Event;
import io.reftrail.model.Lead;
import io.reftrail.model.Payment;
import io.reftrail.model.RedactedFailure;
import io.reftrail.model.Refund;
import io.reftrail.model.Sale;
import io.reftrail.model.SubscriptionChange;
import io.reftrail.outbox.LedgerEntry;
import io.reftrail.outbox.Outbox;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The reporter of sales, refunds and changes of subscriptions: it finds the customer's lead in the outbox and stores the event
 * for each backend that takes it.
 */
final class SaleReporter {

    private static final Logger logger = LoggerFactory.getLogger(Reftrail.class);

    private final List<TrackingBackend> backends;
    private final Outbox outbox;
    private final TransactionalEnqueue enqueue;
    private final SaleListener listener;
    private final DecisionLog decisions;
    private final Clock clock;
    private final @Nullable Journeys journeys;

    SaleReporter(
            List<TrackingBackend> backends,
            Outbox outbox,
            TransactionalEnqueue enqueue,
            SaleListener listener,
            DecisionLog decisions,
            Clock clock,
            @Nullable Journeys journeys) {
        this.backends = backends;
        this.outbox = outbox;
        this.enqueue = enqueue;
        this.listener = listener;
        this.decisions = decisions;
        this.clock = clock;
        this.journeys = journeys;
    }

    /** A factory of the event for a customer's lead. */
    private interface EventFactory {
        Event create(TrackingBackend backend, LedgerEntry lead, Instant now);
    }

    /** @throws EventRefusedException if the sale could not be stored for a backend, after all were tried */
    SaleReport sale(Payment payment) {
        boolean free = payment.amount().amount().signum() == 0;
        boolean kept = free || journeys == null || journeys.paid(payment);
        return report(
                Event.Type.SALE,
                payment.customerId(),
                backend -> free,
                kept,
                (backend, lead, now) -> sale(backend, lead, payment, now));
    }

    /** A sale follows the confirmation of a deferred lead, if there is one. */
    private Sale sale(TrackingBackend backend, LedgerEntry lead, Payment payment, Instant now) {
        Sale sale = Sale.of(lead.attribution(), payment, backend.leadEventName(), now);
        if (!backend.defersLeads()) {
            return sale;
        }
        String confirmation = Lead.confirmationKey(
                Lead.deduplicationKey(backend.name(), backend.leadEventName(), payment.customerId()));
        return outbox.find(confirmation) == null ? sale : sale.following(confirmation);
    }

    /** @throws EventRefusedException if the refund could not be stored for a backend, after all were tried */
    SaleReport refund(RefundRequest refund) {
        boolean free = refund.amount() != null && refund.amount().amount().signum() == 0;
        boolean kept = free || journeys == null || journeys.refunded(refund);
        return report(
                Event.Type.REFUND,
                refund.customerId(),
                backend -> free && !(refund.total() != null && backend.replacesRefunds()),
                kept,
                (backend, lead, now) -> refund(backend, lead, refund, now));
    }

    private static Refund refund(TrackingBackend backend, LedgerEntry lead, RefundRequest request, Instant now) {
        Refund refund = Refund.of(
                        lead.attribution(),
                        request.customerId(),
                        request.invoiceId(),
                        request.refundId(),
                        request.amount(),
                        request.reason(),
                        now)
                .withTotal(request.total());
        String earlier = request.earlierRefundId();
        return earlier != null && backend.replacesRefunds() ? refund.after(earlier) : refund;
    }

    /**
     * @param lastInvoiceId the id of the subscription's last sale, or {@code null}
     * @throws EventRefusedException if the change could not be stored for a backend, after all were tried
     */
    SaleReport changed(
            SubscriptionChange.Kind kind, String customerId, String subscriptionId, @Nullable String lastInvoiceId) {
        Event.Type type = kind == SubscriptionChange.Kind.ENDED ? Event.Type.CANCELLATION : Event.Type.TRIAL;
        return report(type, customerId, backend -> false, true, (backend, lead, now) -> {
            SubscriptionChange change = SubscriptionChange.of(
                    lead.attribution(), kind, customerId, subscriptionId, backend.leadEventName(), now);
            return lastInvoiceId == null ? change : change.afterSale(lastInvoiceId);
        });
    }

    /**
     * @param kept whether the event is stored in the customer's journey; otherwise it is refused like an event that cannot be
     *     stored
     */
    private SaleReport report(
            Event.Type type, String customerId, Predicate<TrackingBackend> free, boolean kept, EventFactory factory) {
        Map<String, SaleStatus> statuses = new LinkedHashMap<>();
        List<String> refused = new ArrayList<>(0);
        if (!kept) {
            refused.add(Journeys.NAME);
        }
        for (TrackingBackend backend : backends) {
            if (!backend.reports().contains(type)) {
                continue;
            }
            SaleStatus status = report(backend, type, customerId, free.test(backend), factory);
            notifyListener(backend, type, status);
            if (status == SaleStatus.REFUSED) {
                refused.add(backend.name());
            } else if (status != SaleStatus.NO_LEAD) {
                statuses.put(backend.name(), status);
            }
        }
        EventRefusedException.throwIfAny(type.name().toLowerCase(Locale.ROOT), refused);
        return new SaleReport(statuses);
    }

    private SaleStatus report(
            TrackingBackend backend, Event.Type type, String customerId, boolean free, EventFactory factory) {
        try {
            if (free) {
                return lead(backend, customerId) == null ? SaleStatus.NO_LEAD : SaleStatus.NO_AMOUNT;
            }
            if (type == Event.Type.SALE
                    && journeys != null
                    && lead(backend, customerId) != null
                    && !journeys.isAttributable(customerId, backend.name())) {
                return SaleStatus.UNATTRIBUTED;
            }
            return SaleStatus.of(enqueue.enqueue(new Submission() {
                /** Also finds a lead of the same transaction. */
                @Override
                public @Nullable Batch batch() {
                    LedgerEntry lead = lead(backend, customerId);
                    if (lead == null) {
                        return null;
                    }
                    return lead.isDeclined()
                            ? Batch.DECLINED
                            : Batch.of(factory.create(backend, lead, clock.instant()));
                }

                @Override
                public void completed(Result result, boolean late) {
                    if (late) {
                        notifyListener(backend, type, SaleStatus.of(result));
                    }
                }
            }));
        } catch (RuntimeException failure) {
            logger.warn("Could not report a {} to {}", type, backend.name(), RedactedFailure.of(failure));
            return SaleStatus.REFUSED;
        }
    }

    private @Nullable LedgerEntry lead(TrackingBackend backend, String customerId) {
        return outbox.find(backend.name(), backend.leadEventName(), customerId);
    }

    private void notifyListener(TrackingBackend backend, Event.Type type, SaleStatus status) {
        if (type == Event.Type.SALE || type == Event.Type.REFUND) {
            decisions.record(status, backend.name());
        }
        if (status != SaleStatus.NO_LEAD) {
            listener.onSale(backend.name(), type, status);
        }
    }
}
