package io.reftrail.delivery;

import io.reftrail.backend.RateLimit;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Keeps calls within a {@link RateLimit}, in every span of its length: a tenth of the calls may come at once, and only
 * what is left is filled up in that time. It begins with one token, not with a full bucket, because a former life of this
 * process may just have used the limit. Several processes share a limit evenly; a limit of fewer calls than there are
 * processes cannot be kept between them. Guarded by its {@link BackendQueue}.
 */
final class TokenBucket {

    /** Until the others have certainly heard of a new process. */
    static final Duration SETTLING = Upkeep.HEARTBEAT;

    private static final double BURST = 0.1;

    /** Keeps two calls of a limit of one call further apart than its span. */
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
     * Divides the limit. When there are more processes than before, nobody who knows takes a token until all know.
     *
     * @param count how many processes there are
     */
    void share(int count, Instant now) {
        fill(now);
        if (count > senders) {
            tokens = 0;
            filled = now.plus(SETTLING);
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

    /** How many tokens there are. */
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

    /** Puts back a token that was taken and not used. */
    void giveBack() {
        tokens = Math.min(capacity, tokens + 1);
    }

    /** How long until there is a token; zero if there is one. */
    Duration untilNext(Instant now) {
        if (available(now) >= 1) {
            return Duration.ZERO;
        }
        Duration settling = filled.isAfter(now) ? Duration.between(now, filled) : Duration.ZERO;
        return settling.plusNanos((long) Math.ceil((1 - tokens) / perNano) + 1);
    }
}
