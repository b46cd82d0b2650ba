package io.reftrail.testing;

import io.reftrail.outbox.Outbox;
import io.reftrail.outbox.OutboxCompatibilityKit;
import io.reftrail.outbox.memory.InMemoryOutbox;
import java.time.Duration;

/** The kit serves those who write an outbox in a package of their own. */
class OwnOutboxTests extends OutboxCompatibilityKit {

    private final HandSetClock clock = new HandSetClock();

    @Override
    protected Outbox open() {
        return new InMemoryOutbox(100_000, clock);
    }

    @Override
    protected void advance(Duration by) {
        clock.advance(by);
    }
}
