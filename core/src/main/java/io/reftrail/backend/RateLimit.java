package io.reftrail.backend;

import java.time.Duration;

/**
 * How many calls a backend takes.
 *
 * @param calls how many at most; positive
 * @param per in any span of this length; positive
 */
public record RateLimit(int calls, Duration per) {

    /** @throws IllegalArgumentException if one of them is not positive */
    public RateLimit {
        if (calls < 1 || per.isZero() || per.isNegative()) {
            throw new IllegalArgumentException("no call could ever be made at " + calls + " per " + per);
        }
    }
}
