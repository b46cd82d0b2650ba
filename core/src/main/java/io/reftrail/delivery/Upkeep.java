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
 * What a shared outbox wants now and then: to hear that this process is there, which says how many share the backends'
 * rate limits, and to be rid of what is old. Its failures change nothing. For the dispatcher's thread alone.
 */
final class Upkeep {

    static final Duration HEARTBEAT = Duration.ofSeconds(10);

    /** Until the first one is heard: this process takes the whole rate limit as long. */
    static final Duration FIRST_HEARTBEAT = Duration.ofSeconds(1);

    static final Duration PURGE = Duration.ofHours(1);

    /** Between two pieces of what is old, so that settlements and claims come in between. */
    static final Duration NEXT_PIECE = Duration.ofMillis(200);

    private static final Logger logger = LoggerFactory.getLogger(Dispatcher.class);

    private final Outbox outbox;
    private final List<BackendQueue> queues;
    private final Alarm heartbeat = new Alarm();
    private final Alarm purge = new Alarm();
    private boolean heard;
    private boolean purgeFailed;

    /** @param firstPurge after how long; processes that start together shall not purge together */
    Upkeep(Outbox outbox, List<BackendQueue> queues, Duration firstPurge) {
        this.outbox = outbox;
        this.queues = queues;
        this.purge.set(firstPurge);
    }

    /** A random part of the time between two purges. */
    static Duration firstPurge() {
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(PURGE.toMillis()));
    }

    /** Does what is due; returns how long until something is again. */
    @Nullable
    Duration run() {
        if (heartbeat.hasRung()) {
            heard |= beat();
            heartbeat.set(heard ? HEARTBEAT : FIRST_HEARTBEAT);
        }
        if (purge.hasRung()) {
            purge.set(purge() ? NEXT_PIECE : PURGE);
        }
        return Durations.shorter(heartbeat.remaining(), purge.remaining());
    }

    /** Returns whether it was heard. */
    private boolean beat() {
        try {
            int senders = outbox.senders();
            queues.forEach(queue -> queue.share(senders));
            return true;
        } catch (RuntimeException | Error failure) {
            logger.debug("The number of senders is not known, the last one stays", RedactedFailure.of(failure));
            return false;
        }
    }

    /** Returns whether there may be more; the outbox removes a bounded piece at a time. */
    private boolean purge() {
        try {
            int removed = outbox.purge();
            logger.debug("{} old events were removed from the outbox", removed);
            purgeFailed = false;
            return removed > 0;
        } catch (RuntimeException | Error failure) {
            if (!purgeFailed) {
                logger.warn(
                        "Old events could not be removed from the outbox, next try in {}",
                        PURGE,
                        RedactedFailure.of(failure));
            }
            purgeFailed = true;
            return false;
        }
    }
}
