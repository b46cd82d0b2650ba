package io.reftrail.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands still until a test moves it. */
public final class HandSetClock extends Clock {

    /** Where every clock begins. */
    public static final Instant START = Instant.parse("2026-03-01T10:15:30Z");

    private volatile Instant now = START;

    /** Sets the clock. */
    public synchronized void setTo(Instant instant) {
        now = instant;
    }

    /** Moves the clock. */
    public synchronized void advance(Duration by) {
        now = now.plus(by);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException();
    }
}
