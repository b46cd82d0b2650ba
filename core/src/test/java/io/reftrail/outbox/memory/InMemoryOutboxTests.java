package io.reftrail.outbox.memory;

import io.reftrail.outbox.Outbox;
import io.reftrail.outbox.OutboxCompatibilityKit;
import io.reftrail.testing.HandSetClock;
import java.time.Duration;

class InMemoryOutboxTests extends OutboxCompatibilityKit {

    private final HandSetClock clock = new HandSetClock();

    @Override
    protected Outbox open() {
        return new InMemoryOutbox(InMemoryOutbox.DEFAULT_CAPACITY, clock);
    }

    @Override
    protected void advance(Duration by) {
        clock.advance(by);
    }
}
