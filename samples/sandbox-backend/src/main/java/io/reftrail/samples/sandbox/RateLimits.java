package io.reftrail.samples.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The number of calls of each key in the minute that began with its first call. */
@Component
final class RateLimits {

    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final Map<String, Allowance> windows = new HashMap<>();

    /** Counts one call; a limit of zero is none. */
    synchronized Allowance take(String key, int limit) {
        Instant now = Instant.now();
        Allowance earlier = windows.get(key);
        Allowance next = earlier == null || !now.isBefore(earlier.reset())
                ? new Allowance(limit, 1, now.plus(WINDOW))
                : new Allowance(limit, earlier.used() + 1, earlier.reset());
        windows.put(key, next);
        return next;
    }

    synchronized void clear() {
        windows.clear();
    }

    /** The allowance of a key, after this call. */
    record Allowance(int limit, int used, Instant reset) {

        boolean exceeded() {
            return limit > 0 && used > limit;
        }

        int remaining() {
            return Math.max(0, limit - used);
        }

        /** In whole seconds, not earlier than the window ends. */
        long secondsLeft() {
            return Math.max(1, Duration.between(Instant.now(), reset).toSeconds() + 1);
        }
    }
}
