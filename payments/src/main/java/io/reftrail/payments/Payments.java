package io.reftrail.payments;

import io.reftrail.EventRefusedException;
import io.reftrail.PaymentReason;
import io.reftrail.Reftrail;
import io.reftrail.RefundRequest;
import io.reftrail.model.Attribution;
import io.reftrail.model.Customer;
import io.reftrail.model.Payment;
import io.reftrail.model.RedactedFailure;
import io.reftrail.outbox.PayerUpdate;
import io.reftrail.payments.PaymentProvider.Delivery;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The payments of one payment provider. An instance takes deliveries of the provider's webhook, and reports the sales and refunds
 * that follow from them. The facts about a payer are stored as a record in the outbox's store. A delivery adds facts. In the same
 * transaction, Reftrail computes the sales and refunds that follow from all facts, and reports those that were not reported yet. The
 * result does not depend on the order of deliveries, on repetitions, or on the node. Thread-safe.
 */
public final class Payments {

    /** The most payments of one payer whose facts are kept. Older ones were settled long ago. */
    static final int MOST_PAYMENTS = 200;

    /** The largest number of ids in a delivery. A delivery with more is refused. */
    private static final int MOST_IDS = 200;

    private static final Logger logger = LoggerFactory.getLogger(Payments.class);

    private final Reftrail reftrail;
    private final PaymentProvider provider;
    private final PaymentAmount amount;
    private final Clock clock;

    /**
     * Creates the payments of a provider.
     *
     * @param amount the part of a payment that is reported as the sale
     * @throws io.reftrail.model.InvalidSettingException if the outbox lacks the table for payments
     */
    public Payments(Reftrail reftrail, PaymentProvider provider, PaymentAmount amount) {
        this(reftrail, provider, amount, Clock.systemUTC());
    }

    /** @param clock the clock that signatures are checked by */
    Payments(Reftrail reftrail, PaymentProvider provider, PaymentAmount amount, Clock clock) {
        this.reftrail = reftrail;
        this.provider = provider;
        this.amount = amount;
        this.clock = clock;
        reftrail.payments().requireRecords();
        warnOfTwoWays();
    }

    private void warnOfTwoWays() {
        List<String> twice = reftrail.payments().receivingTwice();
        if (!twice.isEmpty()) {
            logger.warn(
                    "Payments of {} are reported to {} by Reftrail, whose checkouts also carry what those vendors read at the"
                            + " payment provider: a payment may count twice. Set their 'sales' to one of the two ways",
                    provider.name(),
                    String.join(", ", twice));
        }
        if (reftrail.payments().reporting().isEmpty()) {
            logger.warn(
                    "The webhook of {} is active, but no backend takes payments from Reftrail: {}",
                    provider.name(),
                    String.join(", ", reftrail.payments().notReporting()));
        }
    }

    /** Returns the name of the provider. */
    public String provider() {
        return provider.name();
    }

    /**
     * Takes a delivery. When this method returns, what follows from it is stored in the outbox: in the caller's transaction where
     * the outbox joins it, so that the application's own changes are committed or rolled back with it.
     *
     * @param body the raw body, byte for byte as it was received
     * @param headers returns a header of the request by its name, or {@code null} if there is none
     * @return the decision about the delivery
     * @throws WebhookRefusedException if it is not the provider's, too old, or not readable: answer with status 400
     * @throws RuntimeException if it could not be stored: answer with status 500, so that the provider sends it again
     */
    public PaymentReason accept(byte[] body, UnaryOperator<@Nullable String> headers) {
        Delivery delivery;
        try {
            delivery = provider.read(body, headers, clock.instant());
            if (ids(delivery).size() > MOST_IDS) {
                throw new WebhookRefusedException(PaymentReason.UNREADABLE);
            }
        } catch (WebhookRefusedException refused) {
            logger.debug("A webhook of {} was refused", provider.name(), refused);
            reftrail.payments().record(refused.reason());
            throw refused;
        }
        if (delivery.facts().isEmpty()) {
            reftrail.payments().record(delivery.reason());
            return delivery.reason();
        }
        try {
            return store(delivery);
        } catch (RuntimeException failure) {
            logger.warn("Could not store a webhook of {}", provider.name(), RedactedFailure.of(failure));
            reftrail.payments().record(PaymentReason.FAILED);
            throw failure;
        }
    }

    /** Records a delivery that an endpoint has refused before it was read. */
    void refuse(PaymentReason reason) {
        reftrail.payments().record(reason);
    }

    private PaymentReason store(Delivery delivery) {
        Set<String> ids = ids(delivery);
        Set<String> keys = new TreeSet<>();
        ids.forEach(id -> keys.add(key(id)));
        Change change = new Change(delivery, ids);
        boolean made = reftrail.payments().update(keys, change);
        if (!made) {
            reftrail.payments().record(PaymentReason.AFTER_COMMIT);
            return PaymentReason.AFTER_COMMIT;
        }
        PaymentReason reason = change.changed ? PaymentReason.RECORDED : PaymentReason.REPEATED;
        reftrail.payments().record(reason);
        change.notes.forEach(reftrail.payments()::record);
        return reason;
    }

    private static Set<String> ids(Delivery delivery) {
        Set<String> ids = new TreeSet<>();
        delivery.facts().forEach(fact -> ids.addAll(PayerRecord.ids(fact)));
        return ids;
    }

    private String key(String id) {
        return provider.name() + "\n" + id;
    }

    /** The effect of one delivery on the record of its payer. */
    private final class Change implements PayerUpdate, Reconciliation.Reports {

        private final Delivery delivery;
        private final Set<String> ids;
        private boolean changed;
        private Set<PaymentReason> notes = EnumSet.noneOf(PaymentReason.class);

        Change(Delivery delivery, Set<String> ids) {
            this.delivery = delivery;
            this.ids = ids;
        }

        @Override
        public Payer apply(List<String> records) {
            changed = false;
            PayerRecord record = PayerRecord.of(records);
            for (PaymentFact fact : delivery.facts()) {
                changed |= record.add(new PayerRecord.TimedFact(delivery.time(), fact));
            }
            Reconciliation reconciliation = new Reconciliation(record, amount, provider.name(), this);
            notes = reconciliation.reconcile(ids);
            if (changed && delivery.facts().stream().anyMatch(PaymentFact.SubscriptionEnded.class::isInstance)) {
                notes.add(PaymentReason.CANCELLED);
            }
            if (changed && delivery.facts().stream().anyMatch(PaymentFact.TrialStarted.class::isInstance)) {
                notes.add(PaymentReason.TRIAL_STARTED);
            }
            Set<String> dropped = new TreeSet<>();
            record.keep(MOST_PAYMENTS).forEach(id -> dropped.add(key(id)));
            return new Payer(record.write(), reconciliation.customerId(), dropped);
        }

        /** The click is compared with the time of the payment, because a customer without an account has no creation time. */
        @Override
        public void lead(Attribution click, String customerId, Instant at) {
            if (reftrail.backends().contains(click.backend())) {
                Customer guest = Customer.of(customerId).withEmail(delivery.email());
                reftrail.lead(click, guest.withCreatedAt(at)).orThrow();
            }
        }

        @Override
        public boolean lead(String coupon, String customerId) {
            Attribution partner = reftrail.payments().attributionOf(coupon, customerId);
            if (partner == null) {
                return false;
            }
            reftrail.lead(partner, Customer.of(customerId).withEmail(delivery.email()))
                    .orThrow();
            return true;
        }

        @Override
        public boolean sale(Payment payment) {
            return !reftrail.sale(payment).isEmpty();
        }

        /** @throws EventRefusedException if it could not be stored */
        @Override
        public void refund(RefundRequest refund) {
            reftrail.refund(refund);
        }

        /** @throws EventRefusedException if it could not be stored */
        @Override
        public void trialStarted(String customerId, String subscription) {
            reftrail.trialStarted(customerId, subscription);
        }

        /** @throws EventRefusedException if it could not be stored */
        @Override
        public void subscriptionEnded(String customerId, String subscription, String lastSale) {
            reftrail.subscriptionEnded(customerId, subscription, lastSale);
        }
    }
}
