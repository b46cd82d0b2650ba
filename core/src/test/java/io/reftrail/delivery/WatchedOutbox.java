package io.reftrail.delivery;

import io.reftrail.outbox.Claim;
import io.reftrail.outbox.Outbox;
import io.reftrail.outbox.Settled;
import io.reftrail.outbox.Settlement;
import io.reftrail.outbox.memory.InMemoryOutbox;
import io.reftrail.testing.ForwardingOutbox;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** An outbox that counts how often it is looked at, keeps the settlements, and fails or is shared when told to. */
final class WatchedOutbox extends ForwardingOutbox {

    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicInteger claims = new AtomicInteger();
    private final AtomicInteger claimed = new AtomicInteger();
    private final AtomicInteger settles = new AtomicInteger();
    private final AtomicInteger beats = new AtomicInteger();
    private final AtomicInteger purges = new AtomicInteger();
    private final List<Settlement> settlements = new CopyOnWriteArrayList<>();
    private final List<Integer> batches = new CopyOnWriteArrayList<>();
    private volatile IntConsumer beforeClaim = number -> {};
    private volatile Runnable beforeLook = () -> {};
    private volatile Consumer<List<Settled>> beforeBatch = batch -> {};
    private volatile int senders = 1;
    private volatile boolean shared;
    private volatile boolean silent;

    WatchedOutbox(Clock clock) {
        this(new InMemoryOutbox(10_000, clock));
    }

    WatchedOutbox(Outbox outbox) {
        super(outbox);
    }

    /** Runs before each claim with its number, from 0 on; may throw. */
    void beforeClaim(IntConsumer action) {
        beforeClaim = action;
    }

    /** Runs before each look at what is due; may throw. */
    void beforeLook(Runnable action) {
        beforeLook = action;
    }

    /** Runs before each settlement with its number, from 0 on; may throw. */
    void beforeSettle(IntConsumer action) {
        beforeBatch = batch -> action.accept(settles.getAndIncrement());
    }

    /** Runs before each batch is settled; may throw. */
    void beforeBatch(Consumer<List<Settled>> action) {
        beforeBatch = action;
    }

    /** Says that others use it too, and no longer when something is available. */
    void share(int processes) {
        senders = processes;
        shared = true;
        silent = true;
    }

    /** Says from now on when something is available. */
    void announce() {
        silent = false;
    }

    int looks() {
        return looks.get();
    }

    int claims() {
        return claims.get();
    }

    /** How many events it has given. */
    int claimed() {
        return claimed.get();
    }

    int beats() {
        return beats.get();
    }

    int purges() {
        return purges.get();
    }

    List<Settlement> settlements() {
        return settlements;
    }

    /** How many claims each call has settled. */
    List<Integer> batches() {
        return batches;
    }

    @Override
    public void onAvailable(Runnable listener) {
        super.onAvailable(() -> {
            if (!silent) {
                listener.run();
            }
        });
    }

    @Override
    public boolean isShared() {
        return shared;
    }

    @Override
    public List<Claim> claim(String backend, int limit, Duration lease) {
        beforeClaim.accept(claims.getAndIncrement());
        List<Claim> given = super.claim(backend, limit, lease);
        claimed.addAndGet(given.size());
        return given;
    }

    @Override
    public void settle(List<Settled> claims) {
        beforeBatch.accept(claims);
        batches.add(claims.size());
        claims.forEach(settled -> settlements.add(settled.settlement()));
        super.settle(claims);
    }

    @Override
    public Map<String, Duration> untilDue(Collection<String> backends) {
        beforeLook.run();
        Map<String, Duration> until = super.untilDue(backends);
        looks.incrementAndGet();
        return until;
    }

    @Override
    public int senders() {
        beats.incrementAndGet();
        return senders;
    }

    @Override
    public int purge() {
        purges.incrementAndGet();
        return super.purge();
    }
}
