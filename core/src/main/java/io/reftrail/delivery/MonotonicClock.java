package io.reftrail.delivery;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;

/**
 * A clock that starts at the system's time and then follows {@link System#nanoTime()}, so that a change of the system's time neither
 * ends nor prolongs a pause. For measuring durations. Thread-safe.
 */
public final class MonotonicClock extends Clock {

    private final Instant origin;
    private final LongSupplier nanos;
    private final long start;
    private final ZoneId zone;

    /** Creates a clock that starts now. */
    public MonotonicClock() {
        this(Instant.now(), System::nanoTime);
    }

    /** @param nanos a source that never goes back */
    MonotonicClock(Instant origin, LongSupplier nanos) {
        this(origin, nanos, nanos.getAsLong(), ZoneOffset.UTC);
    }

    private MonotonicClock(Instant origin, LongSupplier nanos, long start, ZoneId zone) {
        this.origin = origin;
        this.nanos = nanos;
        this.start = start;
        this.zone = zone;
    }

    @Override
    public Instant instant() {
        return origin.plusNanos(nanos.getAsLong() - start);
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
        return new MonotonicClock(origin, nanos, start, other);
    }
}
