package io.reftrail.delivery;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** When to do something again; until it is set, at once. In the time that a thread can wait for. Not thread-safe. */
final class Alarm {

    private boolean silent;
    private long at = System.nanoTime();

    /** @param in how long from now, or {@code null} for never */
    void set(@Nullable Duration in) {
        silent = in == null;
        at = System.nanoTime() + (in == null ? 0 : in.toNanos());
    }

    boolean hasRung() {
        return !silent && at - System.nanoTime() <= 0;
    }

    /** How long it still is; {@code null} for never. */
    @Nullable
    Duration remaining() {
        return silent ? null : Duration.ofNanos(Math.max(0, at - System.nanoTime()));
    }
}
