package io.reftrail.delivery;

import io.reftrail.backend.RateLimit;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A token bucket that keeps calls within a {@link RateLimit} in every period of its length: a tenth of the calls may be made at
 * once, and the rest is filled up over the period. It starts with one token, because an earlier run of this process may just have
 * used the limit. Several processes share a limit evenly; a limit of fewer calls than processes cannot be kept. Guarded by its
 * {@link BackendQueue}.
 */
final class TokenBucket {

    /** The time after which all processes know the number of processes. */
    static final Duration UNTIL_ALL_KNOW = Housekeeping.HEARTBEAT;

    private static final double BURST = 0.1;

    /** Keeps two calls of a limit of one call further apart than its period. */
    private static final double SLOWEST = 0.9;

    private final @Nullable RateLimit limit;
    private int senders = 1;
    private double capacity;
    private double perNano;
    private double tokens = 1;
    private Instant filled;

    /** @param limit {@code null} for none */
    TokenBucket(@Nullable RateLimit limit, Instant now) {
        this.limit = limit;
        this.filled = now;
        divide();
    }

    private void divide() {
        if (limit != null) {
            capacity = Math.max(1, Math.floor(limit.calls() * BURST / senders));
            perNano = Math.max(SLOWEST, limit.calls() - capacity * senders)
                    / limit.per().toNanos()
                    / senders;
            tokens = Math.min(tokens, capacity);
        }
    }

    /**
     * Divides the limit. If there are more processes than before, no token is available until all know.
     *
     * @param count the number of processes
     */
    void share(int count, Instant now) {
        fill(now);
        if (count > senders) {
            tokens = 0;
            filled = now.plus(UNTIL_ALL_KNOW);
        }
        senders = Math.max(1, count);
        divide();
    }

    private void fill(Instant now) {
        if (now.isAfter(filled)) {
            tokens = Math.min(capacity, tokens + Duration.between(filled, now).toNanos() * perNano);
            filled = now;
        }
    }

    /** Returns the number of tokens. */
    int available(Instant now) {
        if (limit == null) {
            return Integer.MAX_VALUE;
        }
        fill(now);
        return (int) tokens;
    }

    /** Takes a token if there is one. */
    boolean take(Instant now) {
        if (available(now) < 1) {
            return false;
        }
        tokens--;
        return true;
    }

    /** Puts an unused token back. */
    void giveBack() {
        tokens = Math.min(capacity, tokens + 1);
    }

    /** Returns the time until there is a token; zero if there is one. */
    Duration untilNext(Instant now) {
        if (available(now) >= 1) {
            return Duration.ZERO;
        }
        Duration untilFilling = filled.isAfter(now) ? Duration.between(now, filled) : Duration.ZERO;
        return untilFilling.plusNanos((long) Math.ceil((1 - tokens) / perNano) + 1);
    }
}
