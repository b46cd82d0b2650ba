package io.reftrail;

import io.reftrail.backend.TrackingBackend;
import io.reftrail.model.Attribution;
import io.reftrail.model.Event;
import io.reftrail.outbox.Outbox;
import io.reftrail.outbox.OutboxException;
import io.reftrail.outbox.PayerUpdate;
import io.reftrail.outbox.UnitOfWork;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The operations for webhooks of payment providers, which {@code reftrail-payments} uses. Applications report payments with
 * {@link Reftrail#sale}. Thread-safe.
 */
public final class PaymentIntake {

    private final List<TrackingBackend> backends;
    private final Outbox outbox;
    private final UnitOfWork unitOfWork;
    private final DecisionLog decisions;
    private final GivenCodes codes;

    PaymentIntake(
            List<TrackingBackend> backends,
            Outbox outbox,
            UnitOfWork unitOfWork,
            DecisionLog decisions,
            GivenCodes codes) {
        this.backends = backends;
        this.outbox = outbox;
        this.unitOfWork = unitOfWork;
        this.decisions = decisions;
        this.codes = codes;
    }

    /**
     * Changes what is stored about a payer. Sales, refunds and leads that the change reports are stored with it or not at all:
     * in the caller's transaction if the outbox joins it, after its commit if the outbox cannot, and at once without one.
     *
     * @param keys the payment provider's ids that are known to name one payer; never empty
     * @return whether the change was made; {@code false} if it will be made after the commit
     * @throws OutboxException if the record cannot be stored
     * @throws EventRefusedException from the change; then nothing is stored
     * @see Outbox#updatePayer
     */
    public boolean update(Set<String> keys, PayerUpdate update) {
        if (outbox.joinsTransaction()) {
            outbox.updatePayer(keys, update);
            return true;
        }
        boolean[] made = {false};
        unitOfWork.afterCommit(() -> {
            outbox.updatePayer(keys, update);
            made[0] = true;
        });
        return made[0];
    }

    /**
     * Requires that the outbox keeps records of payers.
     *
     * @throws io.reftrail.model.InvalidSettingException if a table is missing
     * @throws OutboxException if the outbox cannot be reached
     */
    public void requireRecords() {
        outbox.requirePayers();
    }

    /** Records the result of a delivery, or of a payment in it. */
    public void record(PaymentReason reason) {
        decisions.record(reason, null);
    }

    /**
     * Returns the attribution to the partner of a coupon that was used at a checkout, or {@code null} if the
     * {@link ReferralCodes} do not have the coupon, or the customer is a lead already. Calls no vendor. Records what is known
     * about the coupon.
     *
     * @param coupon the payment provider's name of the coupon
     * @param customerId the application's id of the customer
     * @throws OutboxException if the outbox cannot be reached
     * @throws RuntimeException from the {@link ReferralCodes}
     */
    public @Nullable Attribution attributionOf(String coupon, String customerId) {
        return codes.coupon(coupon, () -> backends.stream()
                .anyMatch(backend -> outbox.find(backend.name(), backend.leadEventName(), customerId) != null));
    }

    /** Returns the names of the backends to which payments are reported. */
    public List<String> reporting() {
        return names(true);
    }

    /** Returns the names of the backends to which no payments are reported, for instance because the payment provider does it. */
    public List<String> notReporting() {
        return names(false);
    }

    private List<String> names(boolean reporting) {
        return backends.stream()
                .filter(backend -> backend.reports().contains(Event.Type.SALE) == reporting)
                .map(TrackingBackend::name)
                .toList();
    }

    /**
     * Returns the names of the backends that would receive one payment twice: from Reftrail, and from the payment provider,
     * because checkouts carry the metadata that such a backend looks for.
     */
    public List<String> receivingTwice() {
        return backends.stream()
                .filter(backend -> backend.reports().contains(Event.Type.SALE))
                .filter(backend -> !backend.checkoutMetadata(
                                new Attribution(backend.name(), "click", Instant.EPOCH), "customer")
                        .isEmpty())
                .map(TrackingBackend::name)
                .toList();
    }
}
