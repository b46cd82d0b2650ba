package io.reftrail.test;

import io.reftrail.model.Event;
import io.reftrail.outbox.Backlog;
import io.reftrail.outbox.Claim;
import io.reftrail.outbox.CustomerEvent;
import io.reftrail.outbox.DeadEvent;
import io.reftrail.outbox.Figures;
import io.reftrail.outbox.JourneyStore;
import io.reftrail.outbox.LedgerEntry;
import io.reftrail.outbox.Outbox;
import io.reftrail.outbox.PayerUpdate;
import io.reftrail.outbox.ReferralStore;
import io.reftrail.outbox.Settled;
import io.reftrail.outbox.UnitOfWork;
import io.reftrail.outbox.Withheld;
import io.reftrail.outbox.WithheldEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A decorator that logs the events that an outbox accepts, and their outcomes. */
final class RecordingOutbox implements Outbox {

    private final Outbox outbox;
    private final EventLog log;

    RecordingOutbox(Outbox outbox, EventLog log) {
        this.outbox = outbox;
        this.log = log;
    }

    /** Returns whether this outbox writes to the given log. */
    boolean writes(EventLog other) {
        return log == other;
    }

    @Override
    public Enqueued enqueue(Event event) {
        return recorded(event, outbox::enqueue);
    }

    @Override
    public Enqueued offer(Event event) {
        return recorded(event, outbox::offer);
    }

    /** Records the event before storing it, because it may be sent before the call returns. */
    private Enqueued recorded(Event event, Function<Event, Enqueued> store) {
        boolean isNew = log.taken(event, outbox.joinsTransaction());
        boolean accepted = false;
        try {
            Enqueued enqueued = store.apply(event);
            accepted = enqueued == Enqueued.ACCEPTED;
            return enqueued;
        } finally {
            if (isNew && !accepted) {
                log.refused(event);
            }
        }
    }

    @Override
    public void settle(List<Settled> claims) {
        outbox.settle(claims);
        claims.forEach(settled -> log.ended(settled.claim().event(), settled.settlement()));
    }

    @Override
    public boolean replay(String id) {
        return outbox.replay(id);
    }

    @Override
    public int forget(String customerId) {
        int erased = outbox.forget(customerId);
        log.forgotten(customerId);
        return erased;
    }

    @Override
    public void recordFirstSignIns(Map<String, Instant> since) {
        since.keySet().forEach(log::met);
        outbox.recordFirstSignIns(since);
    }

    @Override
    public Enqueued withhold(Event event, Withheld state, String reason) {
        Enqueued enqueued = recorded(event, stored -> outbox.withhold(stored, state, reason));
        if (enqueued == Enqueued.ACCEPTED) {
            log.withheld(event, state, reason);
        }
        return enqueued;
    }

    @Override
    public List<WithheldEvent> withheld(String backend, int limit) {
        return outbox.withheld(backend, limit);
    }

    @Override
    public boolean release(String id) {
        boolean released = outbox.release(id);
        log.withheldChanged(outbox::find);
        return released;
    }

    @Override
    public boolean discardWithheld(String id) {
        boolean discarded = outbox.discardWithheld(id);
        log.withheldChanged(outbox::find);
        return discarded;
    }

    @Override
    public String fingerprint(String text) {
        return outbox.fingerprint(text);
    }

    @Override
    public boolean joinsTransaction() {
        return outbox.joinsTransaction();
    }

    @Override
    public UnitOfWork unitOfWork() {
        return outbox.unitOfWork();
    }

    @Override
    public void onAvailable(Runnable listener) {
        outbox.onAvailable(listener);
    }

    @Override
    public boolean isShared() {
        return outbox.isShared();
    }

    @Override
    public List<Claim> claim(String backend, int limit, Duration lease) {
        return outbox.claim(backend, limit, lease);
    }

    @Override
    public Map<String, Duration> untilDue(Collection<String> backends) {
        return outbox.untilDue(backends);
    }

    @Override
    public Backlog backlog(String backend) {
        return outbox.backlog(backend);
    }

    @Override
    public long depth(String backend) {
        return outbox.depth(backend);
    }

    @Override
    public List<DeadEvent> dead(int limit) {
        return outbox.dead(limit);
    }

    @Override
    public boolean discard(String id) {
        return outbox.discard(id);
    }

    @Override
    public @Nullable LedgerEntry find(String deduplicationKey) {
        return outbox.find(deduplicationKey);
    }

    @Override
    public @Nullable LedgerEntry find(String backend, String eventName, String customerId) {
        return outbox.find(backend, eventName, customerId);
    }

    @Override
    public @Nullable Instant firstSignIn(String customerId) {
        return outbox.firstSignIn(customerId);
    }

    @Override
    public void updatePayer(Set<String> keys, PayerUpdate update) {
        outbox.updatePayer(keys, update);
    }

    @Override
    public void requirePayers() {
        outbox.requirePayers();
    }

    @Override
    public Map<String, List<Map<String, @Nullable Object>>> stored(String customerId) {
        return outbox.stored(customerId);
    }

    @Override
    public @Nullable ReferralStore referrals() {
        return outbox.referrals();
    }

    @Override
    public @Nullable JourneyStore journeys() {
        return outbox.journeys();
    }

    @Override
    public List<CustomerEvent> history(String customerId, Map<String, String> leadEventNames) {
        return outbox.history(customerId, leadEventNames);
    }

    @Override
    public Figures figures() {
        return outbox.figures();
    }

    @Override
    public int senders() {
        return outbox.senders();
    }

    @Override
    public int purge() {
        return outbox.purge();
    }

    @Override
    public void close() {
        outbox.close();
    }

    /** Returns the description of the decorated outbox. */
    @Override
    public String toString() {
        return outbox.toString();
    }
}
