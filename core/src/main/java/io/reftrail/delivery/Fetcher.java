package io.reftrail.delivery;

import io.reftrail.outbox.Claim;
import io.reftrail.outbox.Outbox;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Brings one backend's events from the outbox into its queue, in batches. For the dispatcher's thread alone. */
final class Fetcher {

    /** Between two looks at events that are due and yet not given, because somebody else holds them. */
    private static final Duration SHORT_REST = Duration.ofMillis(500);

    private final BackendQueue queue;
    private final Outbox outbox;
    private final DeliverySettings settings;
    private final Clock clock;
    private final Outages outages;
    private final String what;
    private final Alarm alarm = new Alarm();

    Fetcher(BackendQueue queue, Outbox outbox, DeliverySettings settings, Clock clock, Outages outages) {
        this.queue = queue;
        this.outbox = outbox;
        this.settings = settings;
        this.clock = clock;
        this.outages = outages;
        this.what = "give events for " + queue.backend().name();
    }

    BackendQueue queue() {
        return queue;
    }

    /**
     * Claims what there is room for, if it is told to or if it is time.
     *
     * @param closing whether only what is due now is of interest
     */
    void fetch(boolean now, boolean closing) {
        if (!now && !alarm.hasRung()) {
            return;
        }
        try {
            Duration rest = fetch(closing);
            alarm.set(outbox.isShared() && !closing ? Durations.shorter(rest, settings.pollInterval()) : rest);
            outages.succeeded(what);
        } catch (RuntimeException | Error failure) {
            alarm.set(outages.failed(what, failure));
        }
    }

    /**
     * Whether the outbox is well enough to be written and read. Takes no event: one whose lease has ended may be the very
     * one whose settlement waits to be written.
     */
    boolean isAnswered() {
        try {
            outbox.senders();
            outbox.untilDue(queue.backend().name());
            return true;
        } catch (RuntimeException | Error failure) {
            outages.failed(what, failure);
            return false;
        }
    }

    /** How long until it is time again, or {@code null} if only news can change anything. */
    @Nullable
    Duration remaining() {
        return alarm.remaining();
    }

    private @Nullable Duration fetch(boolean closing) {
        String backend = queue.backend().name();
        int room = queue.room();
        if (room <= 0) {
            return restOfAFullOrPausedQueue(closing);
        }
        int claimed = claim(room);
        if (claimed >= room) {
            return queue.rest().isZero() ? null : queue.rest();
        }
        Duration due = outbox.untilDue(backend);
        if (due == null || (closing && (claimed == 0 || !due.isZero()))) {
            return null;
        }
        return due.isZero() && claimed == 0 ? SHORT_REST : due;
    }

    private int claim(int room) {
        Instant begin = clock.instant();
        List<Claim> claims = outbox.claim(queue.backend().name(), room, settings.lease());
        queue.hold(claims, begin.plus(settings.lease()).minus(settings.sendingTime()));
        return claims.size();
    }

    private @Nullable Duration restOfAFullOrPausedQueue(boolean closing) {
        Duration rest = queue.rest();
        if (rest.isZero()) {
            return null;
        }
        Duration due = closing && queue.isPaused()
                ? null
                : outbox.untilDue(queue.backend().name());
        if (closing) {
            return due == null || !due.isZero() ? null : rest;
        }
        return due == null && !queue.isPaused() ? null : rest;
    }
}
