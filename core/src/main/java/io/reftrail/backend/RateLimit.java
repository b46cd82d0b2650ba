package io.reftrail.backend;

import java.time.Duration;

/**
 * The limit of calls to a backend.
 *
 * @param calls the largest number of calls; positive
 * @param per the span that the limit applies to; positive
 */
public record RateLimit(int calls, Duration per) {

    /** @throws IllegalArgumentException if one of them is not positive */
    public RateLimit {
        if (calls < 1 || per.isZero() || per.isNegative()) {
            throw new IllegalArgumentException("no call could ever be made at " + calls + " per " + per);
        }
    }
}
