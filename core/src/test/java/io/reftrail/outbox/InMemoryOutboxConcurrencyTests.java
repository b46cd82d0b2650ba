package io.reftrail.outbox;

import io.reftrail.testing.HandSetClock;
import java.time.Duration;

class InMemoryOutboxConcurrencyTests extends OutboxConcurrencyContract {

    private final HandSetClock clock = new HandSetClock();

    @Override
    Outbox open() {
        return new InMemoryOutbox(InMemoryOutbox.DEFAULT_CAPACITY, clock);
    }

    @Override
    void advance(Duration by) {
        clock.advance(by);
    }
}
