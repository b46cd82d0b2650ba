package io.reftrail.delivery;

import io.reftrail.model.Event;
import io.reftrail.outbox.Claim;
import io.reftrail.outbox.DeadEvent;
import io.reftrail.outbox.InMemoryOutbox;
import io.reftrail.outbox.Outbox;
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
    public void settle(Claim claim, Settlement settlement) {
        beforeSettle.accept(settles.getAndIncrement());
        settlements.add(settlement);
        outbox.settle(claim, settlement);
    }

    @Override
    public @Nullable Duration untilDue(String backend) {
        Duration until = outbox.untilDue(backend);
        looks.incrementAndGet();
        return until;
    }

    @Override
    public int depth(String backend) {
        int depth = outbox.depth(backend);
        looks.incrementAndGet();
        return depth;
    }

    @Override
    public List<DeadEvent> dead() {
        return outbox.dead();
    }

    @Override
    public boolean replay(String id) {
        return outbox.replay(id);
    }

    @Override
    public void close() {
        outbox.close();
    }
}
