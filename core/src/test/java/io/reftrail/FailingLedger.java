package io.reftrail;

import io.reftrail.model.Event;
import io.reftrail.outbox.OutboxException;
import io.reftrail.outbox.memory.InMemoryOutbox;
import io.reftrail.testing.ForwardingOutbox;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A ledger that is away when a test says so. */
final class FailingLedger extends ForwardingOutbox {

    volatile boolean fails;
    volatile boolean refuses;
    volatile boolean failed;
    private final AtomicInteger batches = new AtomicInteger();
    final List<String> written = new CopyOnWriteArrayList<>();

    FailingLedger(InMemoryOutbox outbox) {
        super(outbox);
    }

    @Override
    public Enqueued enqueue(Event event) {
        if (refuses) {
            throw new OutboxException("full");
        }
        return super.enqueue(event);
    }

    @Override
    public @Nullable Instant firstSignIn(String customerId) {
        check();
        return super.firstSignIn(customerId);
    }

    @Override
    public void recordFirstSignIns(Map<String, Instant> since) {
        check();
        super.recordFirstSignIns(since);
        batches.incrementAndGet();
        written.addAll(since.keySet());
    }

    int batches() {
        return batches.get();
    }

    private void check() {
        if (fails) {
            failed = true;
            throw new OutboxException("the database is away");
        }
    }
}
