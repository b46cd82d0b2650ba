package io.reftrail.delivery;

import io.reftrail.model.Event;
import io.reftrail.outbox.Backlog;
import io.reftrail.outbox.Claim;
import io.reftrail.outbox.DeadEvent;
import io.reftrail.outbox.InMemoryOutbox;
import io.reftrail.outbox.LedgerEntry;
import io.reftrail.outbox.Outbox;
import io.reftrail.outbox.Settled;
import io.reftrail.outbox.Settlement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** An outbox in memory that counts how often it is looked at, keeps the settlements, and fails when told to. */
final class WatchedOutbox implements Outbox {

    private final Outbox outbox;
    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicInteger claims = new AtomicInteger();
    private final AtomicInteger settles = new AtomicInteger();
    private final List<Settlement> settlements = new CopyOnWriteArrayList<>();
    private volatile IntConsumer beforeClaim = number -> {};
    private volatile IntConsumer beforeSettle = number -> {};

    WatchedOutbox(Clock clock) {
        this.outbox = new InMemoryOutbox(10_000, clock);
    }

    /** Runs before each claim with its number, from 0 on; may throw. */
    void beforeClaim(IntConsumer action) {
        beforeClaim = action;
    }

    /** Runs before each settlement with its number, from 0 on; may throw. */
    void beforeSettle(IntConsumer action) {
        beforeSettle = action;
    }

    int looks() {
        return looks.get();
    }

    List<Settlement> settlements() {
        return settlements;
    }

    @Override
    public Enqueued enqueue(Event event) {
        return outbox.enqueue(event);
    }

    @Override
    public boolean joinsTransaction() {
        return outbox.joinsTransaction();
    }

    @Override
    public void onAvailable(Runnable listener) {
        outbox.onAvailable(listener);
    }

    @Override
    public List<Claim> claim(String backend, int limit, Duration lease) {
        beforeClaim.accept(claims.getAndIncrement());
        return outbox.claim(backend, limit, lease);
    }

    @Override
    public boolean isShared() {
        return outbox.isShared();
    }

    @Override
    public void settle(List<Settled> claims) {
        beforeSettle.accept(settles.getAndIncrement());
        claims.forEach(settled -> settlements.add(settled.settlement()));
        outbox.settle(claims);
    }

    @Override
    public @Nullable Duration untilDue(String backend) {
        Duration until = outbox.untilDue(backend);
        looks.incrementAndGet();
        return until;
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
    public @Nullable LedgerEntry find(String backend, String eventName, String customerId) {
        return outbox.find(backend, eventName, customerId);
    }

    @Override
    public int forget(String customerId) {
        return outbox.forget(customerId);
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
}
