package io.reftrail.delivery;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * Exponential backoff with full jitter: a random time between zero and a bound that doubles with each attempt, so that events
 * that failed together are not sent again together.
 *
 * @param base the bound after the first attempt
 * @param cap the highest bound
 * @param random the source of numbers from 0 (inclusive) to 1 (exclusive)
 */
record Backoff(Duration base, Duration cap, DoubleSupplier random) {

    /** Returns the backoff of deliveries, from 1 s to 15 min. */
    static Backoff standard(DoubleSupplier random) {
        return new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(15), random);
    }

    /** @param attempts how many attempts failed before this one; zero or more */
    Duration delay(int attempts) {
        double doubled = (double) base.toMillis() * Math.pow(2, attempts);
        double bound = Math.min((double) cap.toMillis(), doubled);
        return Duration.ofMillis((long) (bound * random.getAsDouble()));
    }
}
