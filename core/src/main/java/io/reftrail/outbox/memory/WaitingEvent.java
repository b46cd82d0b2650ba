package io.reftrail.outbox.memory;

import io.reftrail.model.Event;
import io.reftrail.model.Lead;
import io.reftrail.model.Money;
import io.reftrail.model.Refund;
import io.reftrail.model.Sale;
import io.reftrail.outbox.Claim;
import io.reftrail.outbox.CustomerEvent;
import io.reftrail.outbox.DeadEvent;
import io.reftrail.outbox.LedgerEntry;
import io.reftrail.outbox.Withheld;
import io.reftrail.outbox.WithheldEvent;
import io.reftrail.outbox.internal.Fingerprint;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An event of an {@link InMemoryOutbox}, which guards it. {@code due} is the time from which it may be claimed or, while it is
 * leased, the end of the lease.
 */
final class WaitingEvent {

    static final Comparator<WaitingEvent> DUE_FIRST =
            Comparator.<WaitingEvent, Instant>comparing(event -> event.due).thenComparingLong(event -> event.number);

    final String id;
    final Event event;
    final Fingerprint fingerprint;
    final @Nullable Fingerprint customer;
    final @Nullable Fingerprint predecessor;
    Instant due;
    int attempts;
    private final long number;
    private Instant enqueued;
    private int leases;
    private boolean leased;
    private @Nullable String deathReason;
    private @Nullable Withheld withheld;
    private @Nullable String withheldReason;
    private @Nullable String lastFailure;

    WaitingEvent(long number, Event event, Fingerprint.Keyed fingerprints, Instant enqueued) {
        this.number = number;
        this.id = Long.toString(number);
        this.event = event;
        this.fingerprint = fingerprints.of(event.deduplicationKey());
        this.customer = event.customerId() == null ? null : fingerprints.of(event.customerId());
        this.predecessor = event.follows() == null ? null : fingerprints.of(event.follows());
        this.enqueued = enqueued;
        this.due = enqueued;
    }

    Claim lease(Instant now, Duration lease, Function<Fingerprint, @Nullable LedgerEntry> ledger) {
        boolean reclaimed = leased;
        leased = true;
        leases++;
        due = now.plus(lease);
        return new Claim(
                id,
                leaseToken(),
                event,
                attempts,
                age(now),
                predecessor == null ? null : ledger.apply(predecessor),
                reclaimed);
    }

    boolean isLeasedTo(Claim claim) {
        return claim.id().equals(id) && claim.leaseToken().equals(leaseToken());
    }

    void endLease() {
        leased = false;
        leases++;
    }

    private String leaseToken() {
        return Integer.toString(leases);
    }

    WaitingEvent dueAt(Instant instant) {
        due = instant;
        return this;
    }

    Duration age(Instant now) {
        return Duration.between(enqueued, now);
    }

    /** Counts a failed attempt. */
    WaitingEvent failed(String reason) {
        attempts++;
        lastFailure = reason;
        return this;
    }

    /** Returns the reason for withholding the event, for giving it up or for the last failed attempt, or {@code null}. */
    @Nullable
    String lastFailure() {
        if (withheldReason != null) {
            return withheldReason;
        }
        return deathReason == null ? lastFailure : deathReason;
    }

    WaitingEvent withhold(Withheld state, String reason) {
        withheld = state;
        withheldReason = reason;
        return this;
    }

    @Nullable
    Withheld withheld() {
        return withheld;
    }

    /** Resets the age of the event. */
    void rejuvenate(Instant now) {
        enqueued = now;
    }

    WaitingEvent released(Instant now) {
        withheld = null;
        withheldReason = null;
        rejuvenate(now);
        return dueAt(now);
    }

    WithheldEvent toWithheldEvent() {
        return new WithheldEvent(
                id,
                Objects.requireNonNull(withheld),
                Objects.requireNonNull(withheldReason),
                event.attribution(),
                event.customerId(),
                event.occurredAt(),
                enqueued);
    }

    private CustomerEvent.State state() {
        if (withheld != null) {
            return withheld == Withheld.HELD ? CustomerEvent.State.HELD : CustomerEvent.State.DECLINED;
        }
        return isDead() ? CustomerEvent.State.DEAD : CustomerEvent.State.WAITING;
    }

    boolean confirms() {
        return event instanceof Lead lead && lead.confirms();
    }

    void die(String reason, Instant now) {
        deathReason = reason;
        due = now;
    }

    @Nullable
    String deathReason() {
        return deathReason;
    }

    boolean isDead() {
        return deathReason != null;
    }

    WaitingEvent replayed(Instant now) {
        deathReason = null;
        lastFailure = null;
        attempts = 0;
        enqueued = now;
        return dueAt(now);
    }

    DeadEvent toDeadEvent() {
        return new DeadEvent(id, event.backend(), event.occurredAt(), attempts, deathReason == null ? "" : deathReason);
    }

    CustomerEvent toCustomerEvent() {
        Money amount = null;
        if (event instanceof Sale sale) {
            amount = sale.payment().amount();
        } else if (event instanceof Refund refund) {
            amount = refund.amount();
        }
        return new CustomerEvent(
                event.backend(),
                event.type(),
                confirms(),
                event.attribution(),
                event.occurredAt(),
                state(),
                attempts,
                null,
                lastFailure(),
                due,
                amount);
    }
}
