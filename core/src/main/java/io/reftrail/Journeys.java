package io.reftrail;

import io.reftrail.capture.CookieExchange;
import io.reftrail.capture.TouchCapture;
import io.reftrail.journey.Conversion;
import io.reftrail.journey.Correction;
import io.reftrail.journey.Journey;
import io.reftrail.journey.Touch;
import io.reftrail.model.Customer;
import io.reftrail.model.Money;
import io.reftrail.model.Payment;
import io.reftrail.model.RedactedFailure;
import io.reftrail.outbox.JourneyStore;
import io.reftrail.outbox.Outbox;
import io.reftrail.outbox.UnitOfWork;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journeys of customers: stores the touches of a request with the customer who signs up, in the caller's transaction where the
 * outbox joins it, and adds payments to them. Thread-safe.
 */
final class Journeys {

    /** The name of the journey among the names of the backends that an event could not be stored for. */
    static final String NAME = "attribution";

    private static final Logger logger = LoggerFactory.getLogger(Reftrail.class);

    private final TouchCapture touches;
    private final JourneyStore store;
    private final Outbox outbox;
    private final UnitOfWork unitOfWork;
    private final DecisionLog decisions;
    private final Clock clock;

    Journeys(
            TouchCapture touches,
            JourneyStore store,
            Outbox outbox,
            UnitOfWork unitOfWork,
            DecisionLog decisions,
            Clock clock) {
        this.touches = touches;
        this.store = store;
        this.outbox = outbox;
        this.unitOfWork = unitOfWork;
        this.decisions = decisions;
        this.clock = clock;
    }

    /** Returns whether a request carries touches. Never throws. */
    boolean areIn(CookieExchange exchange) {
        return !touchesOf(exchange).isEmpty();
    }

    /** Returns the touches of a request; empty if they cannot be read. */
    List<Touch> touchesOf(CookieExchange exchange) {
        try {
            return touches.touches(exchange);
        } catch (RuntimeException failure) {
            logger.warn("Could not read a visitor's touches; they are kept", RedactedFailure.of(failure));
            return List.of();
        }
    }

    /**
     * Stores the touches of a request with a customer who has signed up. Expires their cookie after the commit. Never throws.
     *
     * @param code the code that the customer has given as the last touch, or {@code null} if none counts
     * @param until the latest time of a touch that came before the sign-up
     */
    void signedUp(CookieExchange exchange, Customer customer, @Nullable Touch code, Instant until) {
        List<Touch> carried = new ArrayList<>(touchesOf(exchange));
        if (code != null) {
            carried.add(code);
        }
        List<Touch> before =
                carried.stream().filter(touch -> !touch.time().isAfter(until)).toList();
        if (before.isEmpty()) {
            decisions.record(carried.isEmpty() ? JourneyReason.NO_TOUCH : JourneyReason.EXISTING_CUSTOMER, null);
            return;
        }
        Conversion signUp = Conversion.signUp(now());
        stored(
                () -> store.open(customer.id(), before, signUp) ? JourneyReason.STORED : JourneyReason.ALREADY_STORED,
                () -> touches.expire(exchange));
    }

    /** Records why the touches of a sign-in are not stored. */
    void kept(JourneyReason reason) {
        decisions.record(reason, null);
    }

    /**
     * Adds a payment.
     *
     * @return whether it could be stored, or will be after the caller's commit
     */
    boolean paid(Payment payment) {
        Money money = payment.amount();
        return stored(
                () -> add(
                        payment.customerId(),
                        new Conversion(
                                Conversion.Kind.PAYMENT, payment.invoiceId(), now(), money.amount(), money.currency())),
                () -> {});
    }

    /**
     * Adds a refund.
     *
     * @return whether it could be stored, or will be after the caller's commit
     */
    boolean refunded(RefundRequest refund) {
        return stored(
                () -> {
                    Conversion conversion = conversion(refund);
                    return conversion == null ? JourneyReason.NOT_CONVERTED : add(refund.customerId(), conversion);
                },
                () -> {});
    }

    private JourneyReason add(String customerId, Conversion conversion) {
        return store.add(customerId, conversion) ? JourneyReason.CONVERTED : JourneyReason.NOT_CONVERTED;
    }

    /** Returns the refund with the payment's amount if it names none, or {@code null} if there is no such payment. */
    private @Nullable Conversion conversion(RefundRequest refund) {
        Money money = refund.amount();
        BigDecimal amount = money == null ? null : money.amount();
        Currency currency = money == null ? null : money.currency();
        if (amount == null) {
            Conversion payment = payment(refund);
            if (payment == null) {
                return null;
            }
            amount = payment.amount();
            currency = payment.currency();
        }
        return new Conversion(
                Conversion.Kind.REFUND, refund.refundId(), now(), amount == null ? null : amount.negate(), currency);
    }

    private @Nullable Conversion payment(RefundRequest refund) {
        Journey journey = store.find(refund.customerId());
        return journey == null
                ? null
                : journey.conversions().stream()
                        .filter(conversion -> conversion.kind() == Conversion.Kind.PAYMENT
                                && conversion.id().equals(refund.invoiceId()))
                        .findFirst()
                        .orElse(null);
    }

    /** @throws io.reftrail.outbox.OutboxException if it cannot be stored */
    void correct(String customerId, Correction correction, @Nullable Touch touch) {
        store.correct(customerId, correction, touch);
        decisions.record(JourneyReason.CORRECTED, null);
    }

    /**
     * Returns whether corrections by hand allow a backend to have the customer: there are none, or the last one names the
     * backend.
     *
     * @throws io.reftrail.outbox.OutboxException if the outbox cannot be reached
     */
    boolean isAttributable(String customerId, String backend) {
        Journey journey = store.find(customerId);
        if (journey == null || journey.corrections().isEmpty()) {
            return true;
        }
        Touch.Partner partner =
                journey.corrections().get(journey.corrections().size() - 1).partner();
        return partner != null && partner.backend().equals(backend);
    }

    /** @throws io.reftrail.outbox.OutboxException if the outbox cannot be reached */
    @Nullable
    Journey find(String customerId) {
        return store.find(customerId);
    }

    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /**
     * Stores something in the caller's transaction, or after its commit if the outbox does not join it.
     *
     * @param committed runs after the commit
     * @return whether it was stored, or will be
     */
    private boolean stored(Supplier<JourneyReason> work, Runnable committed) {
        AtomicBoolean refused = new AtomicBoolean();
        try {
            if (outbox.joinsTransaction()) {
                decisions.record(work.get(), null);
                outbox.unitOfWork().afterCommit(() -> quietly(committed));
            } else {
                unitOfWork.afterCommit(() -> {
                    try {
                        decisions.record(work.get(), null);
                        quietly(committed);
                    } catch (RuntimeException failure) {
                        refused.set(true);
                        refuse(failure);
                    }
                });
            }
        } catch (RuntimeException failure) {
            refused.set(true);
            refuse(failure);
        }
        return !refused.get();
    }

    private void refuse(RuntimeException failure) {
        logger.warn("Could not store a part of a customer's journey", RedactedFailure.of(failure));
        decisions.record(JourneyReason.REFUSED, null);
    }

    private static void quietly(Runnable committed) {
        try {
            committed.run();
        } catch (RuntimeException failure) {
            logger.warn("Could not expire a visitor's touches", RedactedFailure.of(failure));
        }
    }
}
