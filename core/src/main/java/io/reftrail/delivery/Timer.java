package io.reftrail.delivery;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The time at which to do something again. Has expired until it is set. Not thread-safe. */
final class Timer {

    private boolean off;
    private long at = System.nanoTime();

    /** @param delay the time from now, or {@code null} for never */
    void set(@Nullable Duration delay) {
        off = delay == null;
        at = System.nanoTime() + (delay == null ? 0 : delay.toNanos());
    }

    boolean hasExpired() {
        return !off && at - System.nanoTime() <= 0;
    }

    /** Returns the time that is left, or {@code null} for never. */
    @Nullable
    Duration remaining() {
        return off ? null : Duration.ofNanos(Math.max(0, at - System.nanoTime()));
    }

    /** Returns the shorter one of two times, where {@code null} is never. */
    static @Nullable Duration shorter(@Nullable Duration one, @Nullable Duration other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.compareTo(other) <= 0 ? one : other;
    }
}
