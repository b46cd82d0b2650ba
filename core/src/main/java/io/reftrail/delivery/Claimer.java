package io.reftrail.delivery;

import io.reftrail.outbox.Claim;
import io.reftrail.outbox.Outbox;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The claimer of one backend's events, which claims them in batches and adds them to the backend's queue. Only for the
 * dispatcher's thread.
 */
final class Claimer {

    /** The delay if events are due and none can be claimed, because another process claims them at this moment. */
    private static final Duration NONE_CLAIMED = Duration.ofMillis(500);

    private final BackendQueue queue;
    private final Outbox outbox;
    private final DeliverySettings settings;
    private final Clock clock;
    private final OutboxFailures failures;
    private final String operation;
    private final Timer timer = new Timer();
    private boolean lastClaimWasFull;

    Claimer(BackendQueue queue, Outbox outbox, DeliverySettings settings, Clock clock, OutboxFailures failures) {
        this.queue = queue;
        this.outbox = outbox;
        this.settings = settings;
        this.clock = clock;
        this.failures = failures;
        this.operation = "claim events for " + queue.backend().name();
    }

    BackendQueue queue() {
        return queue;
    }

    /**
     * Claims as many events as the queue has room for, if it is time.
     *
     * @param now whether to claim even if the timer has not expired
     * @param closing whether only events that are due now count
     */
    void claimIfDue(boolean now, boolean closing) {
        if (!now && !timer.hasExpired()) {
            return;
        }
        try {
            timer.set(claimAndSchedule(closing));
            failures.succeeded(operation);
        } catch (RuntimeException | Error failure) {
            timer.set(failures.failed(operation, failure));
        }
    }

    /**
     * Returns whether the outbox can be written and read. Claims nothing, because the settlement of an event whose lease has
     * ended may still wait to be written.
     */
    boolean outboxWorks() {
        try {
            outbox.senders();
            outbox.untilDue(queue.backend().name());
            return true;
        } catch (RuntimeException | Error failure) {
            failures.failed(operation, failure);
            return false;
        }
    }

    /**
     * Sets the timer to the time at which an event is due, if that is earlier.
     *
     * @param untilDue the time until then, or {@code null} if no event waits
     */
    void expect(@Nullable Duration untilDue) {
        timer.set(Timer.shorter(timer.remaining(), untilDue));
    }

    /** Returns whether another batch waits in the outbox, as far as the last claim has shown, and the queue has room for it. */
    boolean hasBatch() {
        return lastClaimWasFull && queue.room() > 0;
    }

    /** Returns the time until the next claim, or {@code null} if only a signal starts one. */
    @Nullable
    Duration remaining() {
        return timer.remaining();
    }

    private @Nullable Duration claimAndSchedule(boolean closing) {
        int room = queue.room();
        if (room <= 0) {
            return delayWithoutRoom(closing);
        }
        int claimed = claimUpTo(room);
        if (claimed >= room) {
            return queue.delay().isZero() ? null : queue.delay();
        }
        Duration due = outbox.untilDue(queue.backend().name());
        if (due == null || (closing && (claimed == 0 || !due.isZero()))) {
            return null;
        }
        return due.isZero() && claimed == 0 ? NONE_CLAIMED : due;
    }

    private int claimUpTo(int room) {
        Instant start = clock.instant();
        List<Claim> claims = outbox.claim(queue.backend().name(), room, settings.lease());
        lastClaimWasFull = claims.size() >= room;
        queue.add(claims, start.plus(settings.lease()).minus(settings.sendingTime()));
        return claims.size();
    }

    /**
     * Returns the time until there may be room, or {@code null} if a send that ends signals it, no event is left, or the queue is
     * paused while the dispatcher closes.
     */
    private @Nullable Duration delayWithoutRoom(boolean closing) {
        Duration delay = queue.delay();
        if (delay.isZero() || (closing && queue.isPaused())) {
            return null;
        }
        Duration due = outbox.untilDue(queue.backend().name());
        if (closing) {
            return due == null || !due.isZero() ? null : delay;
        }
        return due == null && !queue.isPaused() ? null : delay;
    }
}
