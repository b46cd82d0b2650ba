package io.reftrail.testing;

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
import io.reftrail.outbox.RecentSignUps;
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
import org.jspecify.annotations.Nullable;

/** Another outbox, but for what a subclass does by itself. */
public abstract class ForwardingOutbox implements Outbox {

    private final Outbox outbox;

    /** @param outbox the other one */
    protected ForwardingOutbox(Outbox outbox) {
        this.outbox = outbox;
    }

    @Override
    public Enqueued enqueue(Event event) {
        return outbox.enqueue(event);
    }

    @Override
    public Enqueued offer(Event event) {
        return outbox.offer(event);
    }

    @Override
    public Enqueued withhold(Event event, Withheld state, String reason) {
        return outbox.withhold(event, state, reason);
    }

    @Override
    public List<WithheldEvent> withheld(String backend, int limit) {
        return outbox.withheld(backend, limit);
    }

    @Override
    public boolean release(String id) {
        return outbox.release(id);
    }

    @Override
    public boolean discardWithheld(String id) {
        return outbox.discardWithheld(id);
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
    public void settle(List<Settled> claims) {
        outbox.settle(claims);
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
    public List<DeadEvent> dead(int limit) {
        return outbox.dead(limit);
    }

    @Override
    public boolean replay(String id) {
        return outbox.replay(id);
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
    public int forget(String customerId) {
        return outbox.forget(customerId);
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
    public @Nullable RecentSignUps recentSignUps() {
        return outbox.recentSignUps();
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

    @Override
    public @Nullable Instant firstSignIn(String customerId) {
        return outbox.firstSignIn(customerId);
    }

    @Override
    public void recordFirstSignIns(Map<String, Instant> since) {
        outbox.recordFirstSignIns(since);
    }
}
