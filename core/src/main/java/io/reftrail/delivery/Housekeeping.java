package io.reftrail.delivery;

import io.reftrail.model.RedactedFailure;
import io.reftrail.outbox.Outbox;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The regular work of a shared outbox: heartbeats, which count the processes that share the backends' rate limits, and the removal of
 * old events. A failure is logged, and the work is tried again at its next time. Only for the dispatcher's thread.
 */
final class Housekeeping {

    static final Duration HEARTBEAT = Duration.ofSeconds(10);

    /** The interval until the first heartbeat succeeds, because the process uses the whole rate limit until then. */
    static final Duration FIRST_HEARTBEAT = Duration.ofSeconds(1);

    static final Duration PURGE = Duration.ofHours(1);

    /** The delay between two portions of a purge, so that settlements and claims come in between. */
    static final Duration NEXT_PORTION = Duration.ofMillis(200);

    private static final Logger logger = LoggerFactory.getLogger(Dispatcher.class);

    private final Outbox outbox;
    private final List<BackendQueue> queues;
    private final Timer heartbeat = new Timer();
    private final Timer purge = new Timer();
    private boolean heartbeatSucceeded;
    private boolean purgeFailed;

    /** @param firstPurge the delay of the first purge */
    Housekeeping(Outbox outbox, List<BackendQueue> queues, Duration firstPurge) {
        this.outbox = outbox;
        this.queues = queues;
        this.purge.set(firstPurge);
    }

    /** Returns a random delay, so that processes which start together do not purge together. */
    static Duration firstPurge() {
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(PURGE.toMillis()));
    }

    /** Does what is due; returns the time until something is due again. */
    @Nullable
    Duration run() {
        if (heartbeat.hasExpired()) {
            heartbeatSucceeded |= beat();
            heartbeat.set(heartbeatSucceeded ? HEARTBEAT : FIRST_HEARTBEAT);
        }
        if (purge.hasExpired()) {
            purge.set(purge() ? NEXT_PORTION : PURGE);
        }
        return Timer.shorter(heartbeat.remaining(), purge.remaining());
    }

    /** Returns whether it succeeded. */
    private boolean beat() {
        try {
            int senders = outbox.senders();
            queues.forEach(queue -> queue.share(senders));
            return true;
        } catch (RuntimeException | Error failure) {
            logger.debug("Could not count the senders; the last number is used", RedactedFailure.of(failure));
            return false;
        }
    }

    /** Removes a portion of the old events; returns whether there may be more. */
    private boolean purge() {
        try {
            int removed = outbox.purge();
            logger.debug("Removed {} old events from the outbox", removed);
            purgeFailed = false;
            return removed > 0;
        } catch (RuntimeException | Error failure) {
            if (!purgeFailed) {
                logger.warn(
                        "Could not remove old events from the outbox; next attempt in {}",
                        PURGE,
                        RedactedFailure.of(failure));
            }
            purgeFailed = true;
            return false;
        }
    }
}
